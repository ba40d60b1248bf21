-- The recipient's name, for the search of orders. The index has all that the search by a part of an address or name reads, so it need not
-- read the orders themselves.
ALTER TABLE orders
    ADD COLUMN delivery_name VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci
        GENERATED ALWAYS AS (LEFT(JSON_UNQUOTE(JSON_EXTRACT(delivery_address, '$.name')), 100)) VIRTUAL;

CREATE INDEX orders_by_customer_text ON orders (user_email, delivery_name, payment_status, order_date);
