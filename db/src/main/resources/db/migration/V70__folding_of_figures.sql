-- The events that fold_figures is adding: empty for all but the transaction that does so.
CREATE TABLE figures_folding (
    order_history_id INT NOT NULL,
    PRIMARY KEY (order_history_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
