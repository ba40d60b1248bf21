-- How often each promotion code is used: its orders that are not cancelled, in all and of each customer. use_promotion keeps both in the
-- transaction of the order; R__promotion_uses.sql counts the orders of before, once the procedures that keep the numbers are installed.
--
-- promotion_uses       the uses of a code are the sum of its slots. An order has the slot of its number, so that orders at the same moment do
--                      not wait for each other
-- promotion_customers  by customer, as orders.owner names them
CREATE TABLE promotion_uses (
    promo_code VARCHAR(40) NOT NULL,
    slot       TINYINT     NOT NULL,
    uses       INT         NOT NULL,
    PRIMARY KEY (promo_code, slot)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE promotion_customers (
    owner      VARCHAR(261) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    promo_code VARCHAR(40)  NOT NULL,
    uses       INT          NOT NULL,
    PRIMARY KEY (owner, promo_code)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- For counting again. It grows at its end; the index before grew all over, which costs each order of a large shop a page from disk.
ALTER TABLE orders
    DROP INDEX orders_by_promotion,
    ADD INDEX orders_by_code (promo_code);
