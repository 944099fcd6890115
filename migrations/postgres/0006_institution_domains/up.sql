-- Email domains of schools and training providers, in lower-case ASCII.
CREATE TABLE institution_domains (
    domain TEXT NOT NULL PRIMARY KEY
);
