-- A client that got no answer sends its order again with the same key and must not get a second
-- order. The key lives in the order's own row, so order and key are one commit, and the unique
-- key is the last word when two equal requests arrive together. Keys are the customer's own:
-- two customers may use the same one. The fingerprint tells a repetition from another order
-- under a key that was used before.
ALTER TABLE orders
    ADD COLUMN idempotency_key     VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NULL,
    ADD COLUMN request_fingerprint CHAR(64) CHARACTER SET ascii COLLATE ascii_bin     NULL,
    ADD CONSTRAINT orders_one_per_idempotency_key UNIQUE (user_email, idempotency_key);
