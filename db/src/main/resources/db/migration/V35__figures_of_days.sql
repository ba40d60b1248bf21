-- The figures of days and of the shop, kept up to date by fold_figures, so that no report counts orders again.
--
-- figures_pending  events of order_history that fold_figures has not added yet: whoever writes an event writes its row, in the same
--                  transaction. Without a foreign key, which would cost every order a look-up. Readers add them (figure_events).
-- day_figures      what happened on a day (UTC)
-- day_sales        the books of the orders completed on a day: its best sellers are read from the index
-- order_totals     the orders of all time by currency, those too that are older than order_history
-- figures_fold     one row: the lock of the one who folds
CREATE TABLE figures_pending (
    order_history_id INT NOT NULL,
    PRIMARY KEY (order_history_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE day_figures (
    day              DATE           NOT NULL,
    orders_placed    INT            NOT NULL,
    orders_completed INT            NOT NULL,
    orders_cancelled INT            NOT NULL,
    revenue          DECIMAL(20, 2) NOT NULL,
    discount         DECIMAL(20, 2) NOT NULL,
    PRIMARY KEY (day)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE day_sales (
    day     DATE           NOT NULL,
    book_id INT            NOT NULL,
    title   VARCHAR(255)   NOT NULL,
    copies  INT            NOT NULL,
    revenue DECIMAL(20, 2) NOT NULL,
    PRIMARY KEY (day, book_id),
    KEY day_sales_best (day, copies DESC, book_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE order_totals (
    currency         CHAR(3)        NOT NULL,
    orders_placed    BIGINT         NOT NULL,
    orders_completed BIGINT         NOT NULL,
    orders_cancelled BIGINT         NOT NULL,
    revenue          DECIMAL(24, 2) NOT NULL,
    PRIMARY KEY (currency)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE figures_fold (
    fold_id TINYINT NOT NULL,
    PRIMARY KEY (fold_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
INSERT INTO figures_fold VALUES (1);

-- What happened before: counted once. FLOOR, because adding a fraction of a second rounds.
INSERT INTO day_figures
SELECT DATE(TIMESTAMPADD(SECOND, FLOOR(UNIX_TIMESTAMP(h.occurred_at)), '1970-01-01 00:00:00')) AS day,
       SUM(h.event = 'placed'), SUM(h.event = 'completed'), SUM(h.event = 'cancelled'),
       SUM(IF(h.event = 'completed', o.total_amount, 0)), SUM(IF(h.event = 'completed', o.discount_total, 0))
FROM order_history AS h
     JOIN orders AS o ON o.order_id = h.order_id
GROUP BY 1;

INSERT INTO day_sales
SELECT DATE(TIMESTAMPADD(SECOND, FLOOR(UNIX_TIMESTAMP(h.occurred_at)), '1970-01-01 00:00:00')) AS day,
       i.book_id, MAX(COALESCE(i.title, '')), SUM(i.quantity), COALESCE(SUM(i.line_total), 0)
FROM order_history AS h
     JOIN order_items AS i ON i.order_id = h.order_id
WHERE h.event = 'completed'
GROUP BY 1, 2;

INSERT INTO order_totals
SELECT currency, COUNT(*), SUM(payment_status = 'completed'), SUM(payment_status = 'cancelled'),
       SUM(IF(payment_status = 'completed', total_amount, 0))
FROM orders
GROUP BY currency;

-- Nothing reads it any more.
DROP INDEX order_history_by_time ON order_history;

-- Books that run out, and those sold out.
CREATE INDEX books_by_stock ON books (deleted_at, stock_quantity, book_id);
