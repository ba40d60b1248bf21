-- What list_orders looks for. All of it locks and changes nothing.
DELIMITER $$

-- p_keys: the numbers of the texts that have the part p_part (p_pattern: as a LIKE pattern with the escape character !), as a list such as 3,17 for an
-- SQL IN, 0 if there is none; NULL: more than 2,000.
DROP PROCEDURE IF EXISTS find_order_texts $$

CREATE PROCEDURE find_order_texts(
    IN p_part VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_pattern VARCHAR(512) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    OUT p_keys LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci)
    READS SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_begin VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT LEFT(p_part, 32);
    -- The highest character: no text goes on with it.
    DECLARE v_end VARCHAR(33) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT CONCAT(v_begin, _utf8mb4 0xF48FBFBD);

    SET p_keys = NULL;
    IF (SELECT COUNT(*)
        FROM (SELECT DISTINCT e.text_id FROM order_text_ends AS e WHERE e.text_end >= v_begin AND e.text_end < v_end LIMIT 2001) AS k)
       <= 2000 THEN
        SET SESSION group_concat_max_len = 1000000;
        SELECT COALESCE(GROUP_CONCAT(IF(t.text COLLATE utf8mb4_unicode_ci LIKE p_pattern ESCAPE '!', t.text_id, NULL)), '0')
        INTO p_keys
        FROM (SELECT DISTINCT e.text_id FROM order_text_ends AS e WHERE e.text_end >= v_begin AND e.text_end < v_end LIMIT 2001) AS k
             JOIN order_texts AS t ON t.text_id = k.text_id;
    END IF;
END $$

-- p_search: {"words":[..],"isbn":".."}. p_condition: an SQL condition that a line `i` of an order is of a book that has the words, or had them, or
-- an ISBN that begins so. p_keys: the numbers of these books, as above; NULL: more than 2,000, or its rarest word has more than 3,000.
DROP PROCEDURE IF EXISTS find_ordered_books $$

CREATE PROCEDURE find_ordered_books(
    IN p_search VARCHAR(4000) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    OUT p_condition LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    OUT p_keys LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci)
    READS SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_count INT DEFAULT COALESCE(JSON_LENGTH(p_search, '$.words'), 0);
    DECLARE v_isbn VARCHAR(14) CHARACTER SET ascii COLLATE ascii_bin DEFAULT CONCAT(JSON_UNQUOTE(JSON_EXTRACT(p_search, '$.isbn')), '%');
    DECLARE v_whole, v_starts, v_parts, v_ids, v_lead, v_of_isbn LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_i INT DEFAULT 0;
    DECLARE v_fewest INT;

    SET p_condition = '', p_keys = '0';
    WHILE v_i < v_count DO
        -- MariaDB's JSON_UNQUOTE loses characters beyond U+FFFF; MySQL has JSON_VALUE since 8.0.21 only.
        CALL find_words(/*M! JSON_VALUE(p_search, CONCAT('$.words[', v_i, ']')) */ /*!80000 JSON_UNQUOTE(JSON_EXTRACT(p_search, CONCAT('$.words[', v_i, ']'))) */, v_whole, v_starts, v_parts);
        -- One word is one look-up, several are looked for among the words of the book.
        SET v_ids = IF(v_starts = '0' AND v_parts = '0', v_whole, CONCAT_WS(',', v_whole, v_starts, v_parts));
        SET p_condition = CONCAT(p_condition, IF(v_i = 0, '', ' AND '),
            '(EXISTS (SELECT 1 FROM book_words AS w WHERE w.book_id = i.book_id AND w.word_id IN (', v_ids, '))'
            ' OR EXISTS (SELECT 1 FROM former_book_words AS w WHERE w.book_id = i.book_id AND w.word_id IN (', v_ids, ')))');
        SET @find_orders_sql = CONCAT('SELECT COUNT(*) INTO @find_orders_count FROM (SELECT 1 AS one FROM book_words WHERE word_id IN (', v_ids, ') LIMIT 3001) AS w');
        PREPARE find_orders_statement FROM @find_orders_sql;
        EXECUTE find_orders_statement;
        IF v_fewest IS NULL OR @find_orders_count < v_fewest THEN
            SET v_fewest = @find_orders_count, v_lead = v_ids;
        END IF;
        SET v_i = v_i + 1;
    END WHILE;

    IF v_fewest > 3000 THEN
        SET p_keys = NULL;
    ELSEIF v_count > 0 THEN
        SET @find_orders_sql = CONCAT(
            'SELECT COUNT(*) INTO @find_orders_count FROM ('
            '(SELECT book_id FROM book_words WHERE word_id IN (', v_lead, ') LIMIT 3001) UNION ALL '
            '(SELECT book_id FROM former_book_words WHERE word_id IN (', v_lead, ') LIMIT 3001)) AS i');
        PREPARE find_orders_statement FROM @find_orders_sql;
        EXECUTE find_orders_statement;
        IF @find_orders_count > 3000 THEN
            SET p_keys = NULL;
        ELSE
            SET @find_orders_sql = CONCAT(
                'SELECT IF(COUNT(*) > 2000, NULL, COALESCE(GROUP_CONCAT(f.book_id), "0")) INTO @find_orders_keys FROM ('
                'SELECT i.book_id FROM (SELECT book_id FROM book_words WHERE word_id IN (', v_lead, ')'
                ' UNION SELECT book_id FROM former_book_words WHERE word_id IN (', v_lead, ')) AS i WHERE ', p_condition, ' LIMIT 2001) AS f');
            PREPARE find_orders_statement FROM @find_orders_sql;
            EXECUTE find_orders_statement;
            SET p_keys = @find_orders_keys;
        END IF;
    END IF;
    IF v_isbn > '%' THEN
        SELECT COALESCE(GROUP_CONCAT(b.book_id), '0')
        INTO v_of_isbn
        FROM (SELECT book_id FROM books WHERE isbn_on_sale LIKE v_isbn LIMIT 2000) AS b;
        SET p_condition = CONCAT('(', IF(v_count = 0, '', CONCAT(p_condition, ' OR ')), 'i.book_id IN (', v_of_isbn, '))'),
            p_keys = CONCAT(p_keys, ',', v_of_isbn);
    END IF;
    IF v_count > 0 THEN
        DEALLOCATE PREPARE find_orders_statement;
    END IF;
END $$

-- p_sql: a statement that reads orders (order_id) from the indexes of the texts (p_kind 1) or books (2) p_keys, from a place on (a condition). With p_order
-- p_limit are read of each text or book, in this order; otherwise p_limit at least, and no more than twice as many, if there are.
DROP PROCEDURE IF EXISTS order_entries $$

CREATE PROCEDURE order_entries(
    IN p_kind INT,
    IN p_keys LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_from_place TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_order TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_limit VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    OUT p_sql LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci)
    NO SQL
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_keys LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT p_keys;
    DECLARE v_key LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

    SET p_sql = NULL;
    WHILE v_keys <> '' DO
        SET v_key = IF(p_order = '', v_keys, SUBSTRING_INDEX(v_keys, ',', 1));
        SET v_keys = SUBSTRING(v_keys, CHAR_LENGTH(v_key) + 2);
        SET p_sql = CONCAT_WS(' UNION ALL ', p_sql, IF(p_kind = 1,
            CONCAT('(SELECT o.order_id FROM order_texts AS t STRAIGHT_JOIN orders AS o FORCE INDEX (orders_by_customer) ON o.user_email = t.text'
                   ' WHERE t.kind = "email" AND t.text_id IN (', v_key, ')', p_from_place, p_order, ' LIMIT ', p_limit, ') UNION ALL '
                   '(SELECT o.order_id FROM order_texts AS t STRAIGHT_JOIN orders AS o FORCE INDEX (orders_by_recipient)'
                   ' ON o.delivery_name = CONVERT(t.text USING utf8mb4) COLLATE utf8mb4_unicode_ci'
                   ' WHERE t.kind = "name" AND t.text_id IN (', v_key, ')', p_from_place, p_order, ' LIMIT ', p_limit, ')'),
            CONCAT('(SELECT o.order_id FROM order_items AS o FORCE INDEX (order_items_by_book) WHERE o.book_id IN (', v_key, ')',
                   p_from_place, p_order, ' LIMIT ', p_limit, ')')));
    END WHILE;
END $$

DELIMITER ;
