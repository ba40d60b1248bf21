-- Which sets of sample data this database was given. A set is loaded once: what was renamed,
-- repriced or deleted since then stays so when the shop starts again.
CREATE TABLE data_loads (
    name      VARCHAR(40) NOT NULL,
    loaded_at TIMESTAMP   NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (name)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
