-- How often a promotion code may be used: by all orders together, and by the orders of one customer; NULL means without limit.
-- Cancelled orders do not count. place_order counts under the lock of the promotion's row, in the order's transaction.
ALTER TABLE promotions
    ADD COLUMN max_uses              INT NULL,
    ADD COLUMN max_uses_per_customer INT NULL,
    ADD CONSTRAINT promotions_limits_positive CHECK (max_uses > 0 AND max_uses_per_customer > 0);

-- The orders with a code, and those of a customer.
CREATE INDEX orders_by_promotion ON orders (promo_code, owner, payment_status);
