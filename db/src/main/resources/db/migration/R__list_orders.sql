-- A page of orders: one row per order with its `document`, and `place`, from which the next page goes on; one row more if there is a next
-- page; and a last row without document that has `total` of the orders, `more` 1 if there may be more than that, and a `place` if the orders were
-- looked through only so far: from there the next page goes on, if there is not one row more. With p_limit 0 the last row only. It locks and changes
-- nothing.
--
-- p_status         state, '' for any
-- p_order_id       number, 0 for any
-- p_customer       a part of the customer's email address or of the recipient's name, '' for any
-- p_book           JSON, '' for any: {"words":[..],"isbn":".."} as list_books takes them; orders of books that it finds, by former titles too
-- p_from, p_to     days (UTC) such as 2026-11-22, both included, '' without limit
-- p_oldest_first   1 or 0
-- p_owner_subject  '' lists the orders of all customers (staff); otherwise those of that account, and those of p_owner_email that no
--                  account has claimed
-- p_place          number of the last order of the page before, 0 for none
--
-- The statements have only the conditions that are asked for, so that the optimizer finds the index of each. They are put together from constant
-- texts and from numbers; every other value is a variable. Orders are sorted by number; those of days by time first, which is the order of the index
-- that finds them. At most 10,000 of a customer are counted, 5,000 of days. All orders and those in a state are taken from the sums if there are
-- more than 1,000.
--
-- No search costs more than some 10,000 look-ups, whatever is in the shop:
--
-- - At most 2,000 addresses and names, or books, are looked up in the indexes of the search. If they have at most 5,000 orders beyond the place, those
--   are all tested and sorted.
-- - If one has many orders (at most 20 addresses, names or books are found): the next 500 of each.
-- - Otherwise the next 5,000 orders of the list without the search are tested, 1,500 if books are looked for: what so many customers or books have is
--   common. A customer's own list with a filter does that, too. For the total 500 are tested.
DELIMITER $$

DROP PROCEDURE IF EXISTS list_orders $$

CREATE PROCEDURE list_orders(
    IN p_status VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_order_id INT,
    IN p_customer VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_book VARCHAR(4000) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_from VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_to VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_oldest_first INT,
    IN p_owner_subject VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    IN p_owner_email VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    IN p_place BIGINT,
    IN p_limit INT,
    IN p_offset INT)
    READS SQL DATA
    SQL SECURITY INVOKER
BEGIN
    -- The instants of the days, in the time zone of the session, which is how TIMESTAMP columns are compared. After 2038-01-17 there are none.
    DECLARE v_from DATETIME DEFAULT FROM_UNIXTIME(TIMESTAMPDIFF(
        SECOND, '1970-01-01', GREATEST('1970-01-02', LEAST('2038-01-17', IF(p_from = '', '1970-01-02', p_from)))));
    DECLARE v_until DATETIME DEFAULT FROM_UNIXTIME(TIMESTAMPDIFF(
        SECOND, '1970-01-01', GREATEST('1970-01-02', LEAST('2038-01-17', IF(p_to = '', '2038-01-17', p_to))) + INTERVAL 1 DAY));
    DECLARE v_days BOOLEAN DEFAULT p_from <> '' OR p_to <> '';
    DECLARE v_own BOOLEAN DEFAULT p_owner_subject <> '';
    DECLARE v_by_time BOOLEAN DEFAULT v_days AND NOT v_own;
    DECLARE v_searched BOOLEAN DEFAULT p_order_id = 0 AND (p_customer <> '' OR p_book <> '' OR v_own AND (p_status <> '' OR v_days));
    DECLARE v_direction VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin DEFAULT IF(p_oldest_first = 1, ' ASC', ' DESC');
    DECLARE v_beyond CHAR(1) CHARACTER SET ascii COLLATE ascii_bin DEFAULT IF(p_oldest_first = 1, '>', '<');
    DECLARE v_counted INT DEFAULT IF(v_own, 10000, IF(v_days, 5000, 1000));
    -- The list of all orders: its orders are looked through by their numbers.
    DECLARE v_by_number BOOLEAN DEFAULT p_status = '' AND NOT v_days AND NOT v_own;
    DECLARE v_walked INT DEFAULT IF(p_book = '', 5000, 1500);
    DECLARE v_most INT DEFAULT IF(p_book = '' OR p_customer = '', 5000, 2000);
    -- Columns that the index has which finds the orders.
    DECLARE v_columns VARCHAR(30) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT IF(v_by_time, 'o.order_id, o.order_date', 'o.order_id');
    -- Conditions: status and days; the customer; a line of the order; what is beyond the place.
    DECLARE v_filter, v_of_customer, v_of_line, v_of_book, v_from_place TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT '';
    DECLARE v_order, v_order_of_walk, v_list TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    -- The numbers of the texts and books that are found, NULL if there are too many, and of those that lead.
    DECLARE v_texts, v_books, v_keys LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    -- What is looked through for the page, and for the total, with the conditions that are tested then.
    DECLARE v_entries, v_all_entries, v_page LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_tests TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_way VARCHAR(4) CHARACTER SET ascii COLLATE ascii_bin DEFAULT IF(v_searched, 'walk', 'list');
    DECLARE v_kind, v_i INT DEFAULT 0;

    SET @list_orders_subject = CONCAT('sub:', p_owner_subject), @list_orders_email = CONCAT('email:', p_owner_email),
        @list_orders_status = p_status, @list_orders_id = p_order_id, @list_orders_from = v_from, @list_orders_until = v_until,
        @list_orders_place = p_place, @list_orders_limit = IF(p_limit = 0, 0, p_limit + 1), @list_orders_offset = p_offset,
        @list_orders_end = NULL, @list_orders_total = 0, @list_orders_more = 0,
        @list_orders_part = CONCAT('%', REPLACE(REPLACE(REPLACE(p_customer, '!', '!!'), '%', '!%'), '_', '!_'), '%');

    SET v_filter = CONCAT(
        IF(p_status = '', '', ' AND o.payment_status = @list_orders_status'),
        IF(p_from = '', '', ' AND o.order_date >= @list_orders_from'),
        IF(p_to = '', '', ' AND o.order_date < @list_orders_until'));
    SET v_list = CONCAT(
        'SELECT ', v_columns, ' FROM orders AS o',
        CASE WHEN p_order_id > 0 THEN ''
             WHEN v_own THEN ' FORCE INDEX (orders_by_owner)'
             WHEN v_days AND p_status <> '' THEN ' FORCE INDEX (orders_by_status_and_date)'
             WHEN v_days THEN ' FORCE INDEX (orders_by_date)'
             WHEN p_status <> '' THEN ' FORCE INDEX (orders_by_status)'
             ELSE ' FORCE INDEX (PRIMARY)'
        END,
        ' WHERE ', IF(v_own, 'o.owner IN (@list_orders_subject, @list_orders_email)', 'TRUE'),
        IF(p_order_id = 0, '', ' AND o.order_id = @list_orders_id'),
        IF(v_own AND v_searched, '', v_filter));
    IF p_place > 0 AND v_by_time THEN
        -- Orders are never deleted.
        SET @list_orders_date = (SELECT order_date FROM orders WHERE order_id = p_place);
        SET v_from_place = CONCAT(' AND o.order_date ', v_beyond, '= @list_orders_date AND (o.order_date ', v_beyond,
            ' @list_orders_date OR o.order_id ', v_beyond, ' @list_orders_place)');
    ELSEIF p_place > 0 THEN
        SET v_from_place = CONCAT(' AND o.order_id ', v_beyond, ' @list_orders_place');
    END IF;
    SET v_order = CONCAT(' ORDER BY ', IF(v_by_time, CONCAT('o.order_date', v_direction, ', '), ''), 'o.order_id', v_direction);
    SET v_order_of_walk = CONCAT(' ORDER BY ', IF(v_by_time, CONCAT('c.order_date', v_direction, ', '), ''), 'c.order_id', v_direction);

    IF p_customer <> '' THEN
        SET v_of_customer = ' AND (o.user_email COLLATE utf8mb4_unicode_ci LIKE @list_orders_part ESCAPE "!"'
                            ' OR o.delivery_name LIKE @list_orders_part ESCAPE "!")';
        IF v_searched AND NOT v_own THEN
            CALL find_order_texts(p_customer, @list_orders_part, v_texts);
        END IF;
    END IF;
    IF p_book <> '' THEN
        CALL find_ordered_books(p_book, v_of_line, v_books);
        -- Not EXISTS, which the optimizer would answer for all orders that are looked through, before the first one is known to be enough.
        SET v_of_book = CONCAT(' AND (SELECT 1 FROM order_items AS i FORCE INDEX (order_items_by_order)'
                               ' WHERE i.order_id = o.order_id AND ', COALESCE(CONCAT('i.book_id IN (', v_books, ')'), v_of_line), ' LIMIT 1) = 1');
    END IF;

    -- The orders of the customers that are found, or else those of the books, if they are few.
    WHILE v_way = 'walk' AND NOT v_own AND v_i < 2 DO
        SET v_i = v_i + 1;
        IF IF(v_i = 1, v_texts, v_books) IS NOT NULL THEN
            SET v_kind = v_i, v_keys = IF(v_i = 1, v_texts, v_books);
            CALL order_entries(v_kind, v_keys, '', '', v_most + 1, v_all_entries);
            SET v_entries = v_all_entries;
            SET @list_orders_sql = CONCAT('SELECT COUNT(*), COUNT(DISTINCT e.order_id) INTO @list_orders_entries, @list_orders_total FROM (', v_all_entries, ') AS e');
            PREPARE list_orders_statement FROM @list_orders_sql;
            EXECUTE list_orders_statement;
            SET @list_orders_more = @list_orders_entries > v_most;
            IF @list_orders_more AND v_from_place <> '' AND NOT v_by_time THEN
                CALL order_entries(v_kind, v_keys, v_from_place, '', v_most + 1, v_entries);
                SET @list_orders_sql = CONCAT('SELECT COUNT(*) INTO @list_orders_entries FROM (', v_entries, ') AS e');
                PREPARE list_orders_statement FROM @list_orders_sql;
                EXECUTE list_orders_statement;
            END IF;
            IF @list_orders_entries <= v_most THEN
                SET v_way = 'all';
            END IF;
        END IF;
    END WHILE;
    IF v_way = 'walk' AND v_keys IS NOT NULL AND NOT v_by_time AND CHAR_LENGTH(v_keys) - CHAR_LENGTH(REPLACE(v_keys, ',', '')) < 20 THEN
        SET v_way = 'each';
    END IF;
    -- What the entries have by themselves is not tested again.
    SET v_tests = CONCAT(v_filter, IF(v_kind = 1, '', v_of_customer), IF(v_kind = 2, '', v_of_book));

    -- The total.
    IF v_way = 'list' THEN
        SET @list_orders_sql = CONCAT('SELECT COUNT(*) INTO @list_orders_total FROM (', v_list,
            IF(p_order_id = 0, '', CONCAT(v_of_customer, v_of_book)), ' LIMIT ', v_counted + 1, ') AS c');
    ELSEIF v_kind > 0 THEN
        -- Without tests it is counted already.
        SET @list_orders_sql = IF(v_tests = '', '', CONCAT(
            'SELECT COUNT(*) INTO @list_orders_total FROM (SELECT DISTINCT e.order_id FROM (', v_all_entries, ') AS e) AS c',
            ' STRAIGHT_JOIN orders AS o ON o.order_id = c.order_id WHERE TRUE', v_tests));
    ELSE
        SET @list_orders_sql = CONCAT('SELECT COUNT(*) INTO @list_orders_entries FROM (', v_list, v_order, ' LIMIT 501) AS c');
        PREPARE list_orders_statement FROM @list_orders_sql;
        EXECUTE list_orders_statement;
        SET @list_orders_more = @list_orders_entries > 500;
        SET @list_orders_sql = CONCAT('SELECT COUNT(*) INTO @list_orders_total FROM (', v_list, v_order, ' LIMIT 500) AS c',
            ' STRAIGHT_JOIN orders AS o ON o.order_id = c.order_id WHERE TRUE', v_filter, v_of_customer, v_of_book);
    END IF;
    IF @list_orders_sql <> '' THEN
        PREPARE list_orders_statement FROM @list_orders_sql;
        EXECUTE list_orders_statement;
    END IF;
    IF v_way = 'list' AND @list_orders_total > v_counted THEN
        SET @list_orders_total = v_counted, @list_orders_more = 1;
        IF NOT v_own AND NOT v_days THEN
            SELECT CAST(SUM(CASE p_status
                           WHEN '' THEN placed
                           WHEN 'pending' THEN placed - completed - cancelled
                           WHEN 'completed' THEN completed - returned
                           WHEN 'cancelled' THEN cancelled
                           ELSE returned
                       END) AS SIGNED), 0
            INTO @list_orders_total, @list_orders_more
            FROM order_sums;
        END IF;
    END IF;

    -- The page.
    CASE v_way
        WHEN 'list' THEN
            SET v_page = CONCAT(v_list, v_from_place, IF(p_order_id = 0, '', CONCAT(v_of_customer, v_of_book)), v_order);
        WHEN 'all' THEN
            SET v_page = CONCAT('SELECT ', v_columns, ' FROM (SELECT DISTINCT e.order_id FROM (', v_entries, ') AS e) AS c',
                ' STRAIGHT_JOIN orders AS o ON o.order_id = c.order_id WHERE TRUE', v_tests, v_from_place, v_order);
        WHEN 'each' THEN
            CALL order_entries(v_kind, v_keys, v_from_place, v_order, '499, 1', v_entries);
            SET @list_orders_sql = CONCAT('SELECT ', IF(p_oldest_first = 1, 'MIN', 'MAX'), '(e.order_id) INTO @list_orders_end FROM (', v_entries, ') AS e');
            PREPARE list_orders_statement FROM @list_orders_sql;
            EXECUTE list_orders_statement;
            CALL order_entries(v_kind, v_keys, v_from_place, v_order, '500', v_entries);
            SET v_page = CONCAT('SELECT ', v_columns, ' FROM (SELECT DISTINCT e.order_id FROM (', v_entries, ') AS e',
                IF(@list_orders_end IS NULL, '', CONCAT(' WHERE NOT e.order_id ', v_beyond, ' @list_orders_end')), ') AS c',
                ' STRAIGHT_JOIN orders AS o ON o.order_id = c.order_id WHERE TRUE', v_tests, v_order_of_walk);
        WHEN 'walk' THEN
            IF v_by_number THEN
                SELECT CASE WHEN p_oldest_first = 1 THEN IF(p_place + v_walked < MAX(order_id), p_place + v_walked, NULL)
                            ELSE NULLIF(GREATEST(IF(p_place = 0, MAX(order_id) + 1, p_place) - v_walked, 0), 0)
                       END
                INTO @list_orders_end
                FROM orders;
                SET v_page = CONCAT(v_list, v_from_place, IF(@list_orders_end IS NULL, '', CONCAT(' AND NOT o.order_id ', v_beyond, ' @list_orders_end')),
                    v_of_customer, v_of_book, v_order);
            ELSE
                SET @list_orders_sql = CONCAT('SELECT MAX(c.order_id) INTO @list_orders_end FROM (', v_list, v_from_place, v_order, ' LIMIT ', v_walked - 1, ', 1) AS c');
                PREPARE list_orders_statement FROM @list_orders_sql;
                EXECUTE list_orders_statement;
                SET v_page = CONCAT('SELECT ', v_columns, ' FROM (', v_list, v_from_place, v_order, ' LIMIT ', v_walked, ') AS c',
                    ' STRAIGHT_JOIN orders AS o ON o.order_id = c.order_id WHERE TRUE', v_filter, v_of_customer, v_of_book, v_order_of_walk);
            END IF;
    END CASE;
    -- An ORDER BY without LIMIT inside a UNION would be left out.
    SET @list_orders_sql = CONCAT(
        '(SELECT d.document AS document, CONCAT("[", o.order_id, "]") AS place, NULL AS total, NULL AS more FROM (', v_page, ' LIMIT ? OFFSET ?) AS o'
        ' STRAIGHT_JOIN order_documents AS d ON d.order_id = o.order_id', v_order, ' LIMIT 10000)'
        ' UNION ALL SELECT NULL, CONVERT(CONCAT("[", @list_orders_end, "]") USING utf8mb4), @list_orders_total, @list_orders_more');
    PREPARE list_orders_statement FROM @list_orders_sql;
    EXECUTE list_orders_statement USING @list_orders_limit, @list_orders_offset;
    DEALLOCATE PREPARE list_orders_statement;
END $$

DELIMITER ;
