-- A pending order can be cancelled. New states go to the end of an ENUM: the stored numbers
-- of the existing ones stay as they are.
ALTER TABLE orders
    MODIFY payment_status ENUM ('pending', 'completed', 'cancelled') NOT NULL;
ALTER TABLE payments
    MODIFY payment_status ENUM ('pending', 'completed', 'cancelled') NOT NULL;

-- Who did what to an order, and when. Older orders have no history before this migration.
CREATE TABLE order_history (
    order_history_id INT          NOT NULL AUTO_INCREMENT,
    order_id         INT          NOT NULL,
    event            VARCHAR(20)  NOT NULL,
    actor            VARCHAR(255) NOT NULL,
    occurred_at      TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    PRIMARY KEY (order_history_id),
    CONSTRAINT order_history_order FOREIGN KEY (order_id) REFERENCES orders (order_id),
    CONSTRAINT order_history_known_event CHECK (event IN ('placed', 'completed', 'cancelled'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
