-- Adds the address and the name, '' or NULL for none, to what orders are found by, if they are not there. Part of the caller's transaction.
DELIMITER $$

DROP PROCEDURE IF EXISTS add_order_text $$

CREATE PROCEDURE add_order_text(
    IN p_kind VARCHAR(5) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_text VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    IF p_text <> '' AND NOT EXISTS (SELECT 1 FROM order_texts AS t WHERE t.kind = p_kind AND t.text = p_text) THEN
        INSERT IGNORE INTO order_texts (kind, text) VALUES (p_kind, p_text);
        -- 0 if another transaction was faster.
        IF ROW_COUNT() = 1 THEN
            INSERT IGNORE INTO order_text_ends (text_end, text_id)
            SELECT LEFT(SUBSTRING(p_text, p.position), 32), LAST_INSERT_ID()
            FROM search_positions AS p
            WHERE p.position <= CHAR_LENGTH(p_text);
        END IF;
    END IF;
END $$

-- Adds those of the orders after order_texts_mark, in transactions of 20,000 orders. Call it after writing orders without place_order; after
-- changing older ones, UPDATE order_texts_mark SET order_id = 0 before.
DROP PROCEDURE IF EXISTS add_order_texts $$

CREATE PROCEDURE add_order_texts()
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_last INT DEFAULT (SELECT COALESCE(MAX(order_id), 0) FROM orders);
    DECLARE v_from INT DEFAULT (SELECT order_id FROM order_texts_mark WHERE mark_id = 1);
    DECLARE v_to, v_known INT;
    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        ROLLBACK;
        RESIGNAL;
    END;

    -- Ends the transaction of the look-ups, where there is one: Flyway's.
    COMMIT;
    WHILE v_from < v_last DO
        SET v_to = LEAST(v_from + 20000, v_last);
        -- Orders that are read are not locked then, nor is the place of the next one.
        SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
        START TRANSACTION;
        SET v_known = (SELECT COALESCE(MAX(text_id), 0) FROM order_texts);

        INSERT IGNORE INTO order_texts (kind, text)
        SELECT DISTINCT 'email', o.user_email
        FROM orders AS o
        WHERE o.order_id > v_from AND o.order_id <= v_to AND o.user_email <> ''
          AND NOT EXISTS (SELECT 1 FROM order_texts AS t WHERE t.kind = 'email' AND t.text = o.user_email);

        INSERT IGNORE INTO order_texts (kind, text)
        SELECT DISTINCT 'name', o.delivery_name
        FROM orders AS o
        WHERE o.order_id > v_from AND o.order_id <= v_to AND o.delivery_name <> ''
          AND NOT EXISTS (SELECT 1
                          FROM order_texts AS t
                          WHERE t.kind = 'name' AND t.text = CONVERT(o.delivery_name USING utf8mb4) COLLATE utf8mb4_bin);

        INSERT IGNORE INTO order_text_ends (text_end, text_id)
        SELECT LEFT(SUBSTRING(t.text, p.position), 32), t.text_id
        FROM order_texts AS t JOIN search_positions AS p ON p.position <= CHAR_LENGTH(t.text)
        WHERE t.text_id > v_known
        ORDER BY 1;

        UPDATE order_texts_mark SET order_id = v_to WHERE mark_id = 1;
        COMMIT;
        SET v_from = v_to;
    END WHILE;
    UPDATE order_texts_mark SET complete = TRUE WHERE mark_id = 1;
END $$

DELIMITER ;
