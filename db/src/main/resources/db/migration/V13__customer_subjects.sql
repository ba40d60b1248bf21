-- An order belongs to an account, not to an email address: whoever registers an address again after its account was
-- deleted is another customer. customer_subject is the `sub` of the customer's access token, which the identity provider
-- never gives to another account. Subjects are compared exactly.
--
-- Orders older than this migration have none (NULL): nobody recorded it. Until an account claims them (claim_orders), they
-- belong to their email address. An empty subject belongs to no account.
--
-- owner is what both kinds have in common. The prefixes keep a subject that looks like an address from being taken for one.
-- Idempotency keys are unique per owner: keys of two accounts with the same address do not meet.
ALTER TABLE orders
    ADD COLUMN customer_subject VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    ADD COLUMN owner VARCHAR(261) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
        GENERATED ALWAYS AS (IF(customer_subject IS NULL, CONCAT('email:', user_email), CONCAT('sub:', customer_subject))) STORED;

ALTER TABLE orders
    DROP INDEX orders_one_per_idempotency_key,
    ADD CONSTRAINT orders_one_per_idempotency_key UNIQUE (owner, idempotency_key),
    ADD INDEX orders_by_owner (owner, order_id);
