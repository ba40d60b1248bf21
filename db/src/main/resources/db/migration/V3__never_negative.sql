-- The database's own guard, whatever program writes: nothing is sold that is not there,
-- and no amount is negative. MySQL enforces CHECK from 8.0.16 on, MariaDB always.
ALTER TABLE books
    ADD CONSTRAINT books_price_not_negative CHECK (price >= 0),
    ADD CONSTRAINT books_stock_not_negative CHECK (stock_quantity >= 0);

ALTER TABLE orders
    ADD CONSTRAINT orders_total_not_negative CHECK (total_amount >= 0);

ALTER TABLE order_items
    ADD CONSTRAINT order_items_quantity_positive CHECK (quantity > 0);

ALTER TABLE payments
    ADD CONSTRAINT payments_amount_not_negative CHECK (payment_amount >= 0);
