-- Administrators change promotions, so that two of them cannot overwrite each other's changes unseen.
ALTER TABLE promotions
    ADD COLUMN version INT NOT NULL DEFAULT 1;

-- The quantity discounts that administrators chose: one row, or none while those of the configuration apply.
--
-- tiers  copies:percent,.. by ascending copies, none for no discounts
CREATE TABLE quantity_discounts (
    id      TINYINT       NOT NULL DEFAULT 1,
    tiers   VARCHAR(1000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version INT           NOT NULL DEFAULT 1,
    PRIMARY KEY (id),
    CONSTRAINT quantity_discounts_one_row CHECK (id = 1)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- What administrators and staff decided and changed. Stock movements and the history of orders have tables of their own.
--
-- subject  what it is about: a promotion code, the number of a book, a registration
-- actor    who did it, as in order_history
-- details  what it is since then, as a JSON object
CREATE TABLE audit_events (
    audit_id    BIGINT       NOT NULL AUTO_INCREMENT,
    kind        VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    subject     VARCHAR(255) NOT NULL,
    actor       VARCHAR(255) NOT NULL,
    details     JSON         NOT NULL,
    occurred_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    PRIMARY KEY (audit_id),
    KEY audit_events_by_kind (kind, audit_id),
    KEY audit_events_by_time (occurred_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
