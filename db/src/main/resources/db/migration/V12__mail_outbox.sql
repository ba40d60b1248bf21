-- Mails that have to go out. A row is written in the transaction of what it tells about: an order that was rolled back
-- leaves no mail, and one that was committed has its mail, whatever becomes of the mail server or of the node.
--
-- mail_key        what the mail is about, once and for all: order-17-placed, summary-2026-11-21
-- recipients      addresses separated by commas; empty for the administrators, whom the configuration names
-- message_id      the Message-ID of every attempt, by which a mail that went out twice can be recognised
-- document        the order as it was then (order_documents), or the summary of a day
-- next_attempt_at a waiting mail is due from then on. Of a mail that is being sent it is when its claim runs out, so a
--                 node that dies in between leaves nothing behind that someone has to clear.
-- attempts        how often it was claimed
-- claim           who is sending it; NULL when nobody is
-- summary_date    of summaries: their day. The unique key is what makes one summary of a day, whoever asks for it.
-- Times are UTC.
CREATE TABLE mail_outbox (
    mail_id         BIGINT                               NOT NULL AUTO_INCREMENT,
    mail_key        VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin     NOT NULL,
    kind            VARCHAR(20)                          NOT NULL,
    recipients      VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    message_id      VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin     NOT NULL,
    document        LONGTEXT                             NOT NULL,
    correlation_id  VARCHAR(64)                          NULL,
    status          ENUM ('waiting', 'sent', 'dead')     NOT NULL DEFAULT 'waiting',
    attempts        INT                                  NOT NULL DEFAULT 0,
    created_at      DATETIME(3)                          NOT NULL,
    next_attempt_at DATETIME(3)                          NOT NULL,
    claim           CHAR(36) CHARACTER SET ascii COLLATE ascii_bin         NULL,
    sent_at         DATETIME(3)                          NULL,
    last_error      VARCHAR(500)                         NULL,
    summary_date    DATE                                 NULL,
    PRIMARY KEY (mail_id),
    CONSTRAINT mail_outbox_one_per_key UNIQUE (mail_key),
    CONSTRAINT mail_outbox_one_summary_per_day UNIQUE (summary_date),
    CONSTRAINT mail_outbox_known_kind CHECK (kind IN ('order_placed', 'order_completed', 'order_cancelled', 'summary'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- The mail that is due longest, and how many there are of a status.
CREATE INDEX mail_outbox_by_status ON mail_outbox (status, next_attempt_at, mail_id);

-- What happened on a day.
CREATE INDEX order_history_by_time ON order_history (occurred_at, event, order_id);
