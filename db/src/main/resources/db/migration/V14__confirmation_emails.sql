-- Registration emails: a visitor proves an address before an administrator sees the registration. The outbox keeps the address and the names for a
-- day at most, and never the token of the link: that is made when the email is sent.
--
-- MySQL drops a CHECK by another word than MariaDB does, and before 8.0.16 it has none.
SET @drop_known_kind = IF(
    VERSION() LIKE '%MariaDB%',
    'ALTER TABLE mail_outbox DROP CONSTRAINT mail_outbox_known_kind',
    IF((SELECT COUNT(*)
        FROM information_schema.table_constraints
        WHERE constraint_schema = DATABASE() AND table_name = 'mail_outbox' AND constraint_name = 'mail_outbox_known_kind') > 0,
       'ALTER TABLE mail_outbox DROP CHECK mail_outbox_known_kind',
       'DO 0'));
PREPARE drop_known_kind FROM @drop_known_kind;
EXECUTE drop_known_kind;
DEALLOCATE PREPARE drop_known_kind;

ALTER TABLE mail_outbox
    ADD CONSTRAINT mail_outbox_kinds
        CHECK (kind IN ('order_placed', 'order_completed', 'order_cancelled', 'summary', 'registration'));

-- Which registration emails are old.
CREATE INDEX mail_outbox_by_kind ON mail_outbox (kind, created_at);

-- How many registration emails an address was sent in its current window, so that no one can fill a stranger's mailbox.
--
-- email_hash  SHA-256 of the address in lower case, in hexadecimal digits: who only asks is not kept by name
-- requests    since the window began, those without an email among them
-- suppressed  those of them that got no email
-- Times are UTC.
CREATE TABLE registration_windows (
    email_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    requests   INT                                            NOT NULL,
    suppressed INT                                            NOT NULL,
    ends_at    DATETIME(3)                                    NOT NULL,
    PRIMARY KEY (email_hash)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE INDEX registration_windows_by_end ON registration_windows (ends_at);
