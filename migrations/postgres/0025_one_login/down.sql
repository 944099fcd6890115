DROP TABLE one_login_states;
DROP TABLE account_one_logins;
