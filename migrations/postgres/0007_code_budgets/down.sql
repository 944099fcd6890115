DROP TABLE code_budgets;
