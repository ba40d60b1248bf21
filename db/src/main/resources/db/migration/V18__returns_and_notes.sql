-- A completed order can be returned: its books go back to stock, and the customer is paid back. New states go to the end of an ENUM: the
-- stored numbers of the existing ones stay as they are.
ALTER TABLE orders
    MODIFY payment_status ENUM ('pending', 'completed', 'cancelled', 'returned') NOT NULL;
ALTER TABLE payments
    MODIFY payment_status ENUM ('pending', 'completed', 'cancelled', 'returned') NOT NULL;

-- What staff note on an order is part of its history.
ALTER TABLE order_history
    ADD COLUMN note VARCHAR(500) NULL;

-- The entries of an order in their order.
CREATE INDEX order_history_by_order ON order_history (order_id, order_history_id);

-- MySQL drops a CHECK by another word than MariaDB does, and before 8.0.16 it has none.
SET @drop_known_event = IF(
    VERSION() LIKE '%MariaDB%',
    'ALTER TABLE order_history DROP CONSTRAINT order_history_known_event',
    IF((SELECT COUNT(*)
        FROM information_schema.table_constraints
        WHERE constraint_schema = DATABASE() AND table_name = 'order_history' AND constraint_name = 'order_history_known_event') > 0,
       'ALTER TABLE order_history DROP CHECK order_history_known_event',
       'DO 0'));
PREPARE drop_known_event FROM @drop_known_event;
EXECUTE drop_known_event;
DEALLOCATE PREPARE drop_known_event;

SET @drop_mail_kinds = IF(
    VERSION() LIKE '%MariaDB%',
    'ALTER TABLE mail_outbox DROP CONSTRAINT mail_outbox_kinds',
    IF((SELECT COUNT(*)
        FROM information_schema.table_constraints
        WHERE constraint_schema = DATABASE() AND table_name = 'mail_outbox' AND constraint_name = 'mail_outbox_kinds') > 0,
       'ALTER TABLE mail_outbox DROP CHECK mail_outbox_kinds',
       'DO 0'));
PREPARE drop_mail_kinds FROM @drop_mail_kinds;
EXECUTE drop_mail_kinds;
DEALLOCATE PREPARE drop_mail_kinds;

ALTER TABLE order_history
    ADD CONSTRAINT order_history_events CHECK (event IN ('placed', 'completed', 'cancelled', 'returned', 'noted'));
ALTER TABLE mail_outbox
    ADD CONSTRAINT mail_outbox_known_kinds
        CHECK (kind IN ('order_placed', 'order_completed', 'order_cancelled', 'order_returned', 'summary', 'registration'));
