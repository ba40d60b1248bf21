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

-- Adds those of all orders, in transactions of 20,000. Call it after writing orders without place_order.
DROP PROCEDURE IF EXISTS add_order_texts $$

CREATE PROCEDURE add_order_texts()
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_email VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT '';
    DECLARE v_name VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT '';
    DECLARE v_known INT;

    -- Each distinct value is one look-up in its index.
    WHILE v_email IS NOT NULL OR v_name IS NOT NULL DO
        SET v_known = (SELECT COALESCE(MAX(text_id), 0) FROM order_texts);

        INSERT IGNORE INTO order_texts (kind, text)
        SELECT 'email', o.user_email
        FROM (SELECT DISTINCT user_email FROM orders WHERE user_email > v_email ORDER BY user_email LIMIT 20000) AS o
        WHERE NOT EXISTS (SELECT 1 FROM order_texts AS t WHERE t.kind = 'email' AND t.text = o.user_email);
        SET v_email = (SELECT MAX(o.user_email)
                       FROM (SELECT DISTINCT user_email FROM orders WHERE user_email > v_email ORDER BY user_email LIMIT 20000) AS o);

        INSERT IGNORE INTO order_texts (kind, text)
        SELECT 'name', o.delivery_name
        FROM (SELECT DISTINCT delivery_name FROM orders WHERE delivery_name > v_name ORDER BY delivery_name LIMIT 20000) AS o
        WHERE NOT EXISTS (SELECT 1
                          FROM order_texts AS t
                          WHERE t.kind = 'name' AND t.text = CONVERT(o.delivery_name USING utf8mb4) COLLATE utf8mb4_bin);
        SET v_name = (SELECT MAX(o.delivery_name)
                      FROM (SELECT DISTINCT delivery_name FROM orders WHERE delivery_name > v_name ORDER BY delivery_name LIMIT 20000) AS o);

        INSERT IGNORE INTO order_text_ends (text_end, text_id)
        SELECT LEFT(SUBSTRING(t.text, p.position), 32), t.text_id
        FROM order_texts AS t JOIN search_positions AS p ON p.position <= CHAR_LENGTH(t.text)
        WHERE t.text_id > v_known
        ORDER BY 1;
        COMMIT;
    END WHILE;
END $$

DELIMITER ;
