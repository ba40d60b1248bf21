-- Promotion codes: a percentage off, for a time. valid_until NULL means without end.
-- Codes are stored in upper case; the collation finds them in any case.
CREATE TABLE promotions (
    code        VARCHAR(40)   NOT NULL,
    percent_off DECIMAL(5, 2) NOT NULL,
    valid_from  TIMESTAMP     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    valid_until TIMESTAMP     NULL DEFAULT NULL,
    PRIMARY KEY (code),
    CONSTRAINT promotions_percentage CHECK (percent_off > 0 AND percent_off <= 100)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
