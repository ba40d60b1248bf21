-- Every change of a book's stock, with what the stock was afterwards: a book's stock is the sum of its movements.
--
-- type            opening: the stock when this migration ran; received, returned, damaged, counted: staff; sold, cancelled: orders
-- stock_change    copies that came (positive) or went (negative)
-- order_id        the order that took the copies or gave them back; without a foreign key, since its index would cost every order a write
-- reason          what staff wrote, or NULL
-- actor           who changed it, as in order_history
-- idempotency_key of staff's requests: a request that is sent again changes the stock once
CREATE TABLE stock_movements (
    movement_id     BIGINT       NOT NULL AUTO_INCREMENT,
    book_id         INT          NOT NULL,
    type            VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin  NOT NULL,
    stock_change    INT          NOT NULL,
    stock_after     INT          NOT NULL,
    order_id        INT          NULL,
    reason          VARCHAR(255) NULL,
    actor           VARCHAR(255) NOT NULL,
    idempotency_key VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NULL,
    occurred_at     TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    PRIMARY KEY (movement_id),
    KEY stock_movements_by_book (book_id, movement_id),
    CONSTRAINT stock_movements_one_per_idempotency_key UNIQUE (book_id, idempotency_key),
    CONSTRAINT stock_movements_book FOREIGN KEY (book_id) REFERENCES books (book_id),
    CONSTRAINT stock_movements_known_type
        CHECK (type IN ('opening', 'received', 'returned', 'damaged', 'counted', 'sold', 'cancelled')),
    CONSTRAINT stock_movements_stock_not_negative CHECK (stock_after >= 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- The most that staff may set from now on (domain/Stock.java): the rest of the INT is room for copies that come back from orders.
UPDATE books SET stock_quantity = 1000000000 WHERE stock_quantity > 1000000000;

INSERT INTO stock_movements (book_id, type, stock_change, stock_after, actor)
SELECT book_id, 'opening', stock_quantity, stock_quantity, 'migration' FROM books WHERE stock_quantity <> 0;
