-- author, isbn: what a customer looks for besides the title; unknown for older rows.
-- version: raised by every change, so that of two people who edit the same book the second is told.
-- deleted_at: a book that was ever ordered must stay for the sake of the order; it is only hidden.
-- created_at of older rows is the day of this migration: the true one was never recorded.
ALTER TABLE books
    ADD COLUMN author     VARCHAR(255) NULL,
    ADD COLUMN isbn       VARCHAR(20)  NULL,
    ADD COLUMN version    INT          NOT NULL DEFAULT 1,
    ADD COLUMN deleted_at TIMESTAMP    NULL DEFAULT NULL,
    ADD COLUMN created_at TIMESTAMP    NOT NULL DEFAULT CURRENT_TIMESTAMP,
    ADD COLUMN updated_at TIMESTAMP    NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP;
