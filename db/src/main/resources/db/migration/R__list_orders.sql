-- A page of orders: one row per order with its `document`, and `place`, from which the next page goes on; and one row more if there is a
-- next page. With p_limit 0 one row instead: `total` of the orders, and `more` 1 if there are more than are counted. It locks and changes
-- nothing.
--
-- p_status         state, '' for any
-- p_order_id       number, 0 for any
-- p_customer       LIKE pattern (escape character !) of the customer's email address, in lower case as addresses are stored, or of the recipient's name;
--                  '' for any
-- p_book           the same of the title of one of the books, as it was sold
-- p_from, p_to     days (UTC) such as 2026-11-22, both included, '' without limit
-- p_oldest_first   1 or 0
-- p_owner_subject  '' lists the orders of all customers (staff); otherwise those of that account, and those of p_owner_email that no
--                  account has claimed
-- p_place          number of the last order of the page before, 0 for none
--
-- The statement has only the conditions that are asked for, so that the optimizer finds the index of each: one query for all would read a
-- customer's page from the end of the whole table. It is put together from constant texts; every value is a parameter. A condition that is
-- not asked for still takes its parameter, and is true for it.
--
-- Orders are sorted by number; those of days by time first, which is the order of the index that finds them. At most 10,000 are counted.
-- If there are more, all orders and those in a state are taken from the sums.
DELIMITER $$

DROP PROCEDURE IF EXISTS list_orders $$

CREATE PROCEDURE list_orders(
    IN p_status VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_order_id INT,
    IN p_customer VARCHAR(512) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    IN p_book VARCHAR(512) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
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
    DECLARE v_direction VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin DEFAULT IF(p_oldest_first = 1, ' ASC', ' DESC');
    DECLARE v_beyond CHAR(1) CHARACTER SET ascii COLLATE ascii_bin DEFAULT IF(p_oldest_first = 1, '>', '<');
    DECLARE v_by_time BOOLEAN DEFAULT p_owner_subject = '' AND (p_from <> '' OR p_to <> '');
    DECLARE v_order, v_where TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

    SET @list_orders_subject = CONCAT('sub:', p_owner_subject);
    SET @list_orders_email = CONCAT('email:', p_owner_email);
    SET @list_orders_status = p_status;
    SET @list_orders_id = p_order_id;
    SET @list_orders_customer = p_customer;
    SET @list_orders_name = p_customer COLLATE utf8mb4_unicode_ci;
    SET @list_orders_book = p_book;
    SET @list_orders_from = v_from;
    SET @list_orders_until = v_until;
    SET @list_orders_place = p_place;
    SET @list_orders_limit = p_limit + 1;
    SET @list_orders_offset = p_offset;

    SET v_where = CONCAT(
        ' FROM orders AS o', IF(p_owner_subject <> '', ' FORCE INDEX (orders_by_owner)',
                           IF(p_customer <> '' AND p_order_id = 0, ' FORCE INDEX (orders_by_customer_text)', '')),
        ' WHERE ', IF(p_owner_subject = '', '(? IS NOT NULL AND ? IS NOT NULL)', 'o.owner IN (?, ?)'),
        ' AND ', IF(p_status = '', '? IS NOT NULL', 'o.payment_status = ?'),
        ' AND ', IF(p_order_id = 0, '? IS NOT NULL', 'o.order_id = ?'),
        ' AND ', IF(p_customer = '', '(? IS NOT NULL AND ? IS NOT NULL)',
                    '(o.user_email LIKE ? ESCAPE "!" OR o.delivery_name LIKE ? ESCAPE "!")'),
        ' AND ', IF(p_book = '', '? IS NOT NULL',
                    'EXISTS (SELECT 1 FROM order_items AS i WHERE i.order_id = o.order_id AND i.title LIKE ? ESCAPE "!")'),
        ' AND ', IF(p_from = '', '? IS NOT NULL', 'o.order_date >= ?'),
        ' AND ', IF(p_to = '', '? IS NOT NULL', 'o.order_date < ?'));

    IF p_limit = 0 THEN
        SET @list_orders_sql = CONCAT('SELECT COUNT(*) INTO @list_orders_total FROM (SELECT 1 AS one', v_where, ' LIMIT 10001) AS found');
        PREPARE list_orders_statement FROM @list_orders_sql;
        EXECUTE list_orders_statement USING @list_orders_subject, @list_orders_email, @list_orders_status, @list_orders_id,
            @list_orders_customer, @list_orders_name, @list_orders_book, @list_orders_from, @list_orders_until;
        IF @list_orders_total > 10000 AND p_owner_subject = '' AND p_order_id = 0 AND p_customer = '' AND p_book = '' AND p_from = '' AND p_to = '' THEN
            SELECT SUM(CASE p_status
                           WHEN '' THEN placed
                           WHEN 'pending' THEN placed - completed - cancelled
                           WHEN 'completed' THEN completed - returned
                           WHEN 'cancelled' THEN cancelled
                           ELSE returned
                       END) AS total, 0 AS more
            FROM order_sums;
        ELSE
            SELECT LEAST(@list_orders_total, 10000) AS total, @list_orders_total > 10000 AS more;
        END IF;
    ELSE
        SET v_order = CONCAT(' ORDER BY ', IF(v_by_time, CONCAT('o.order_date', v_direction, ', '), ''), 'o.order_id', v_direction);
        IF p_place > 0 AND v_by_time THEN
            -- Orders are never deleted.
            SELECT MAX(order_date) INTO @list_orders_date FROM orders WHERE order_id = p_place;
            SET v_where = CONCAT(v_where, ' AND o.order_date ', v_beyond, '= @list_orders_date AND (o.order_date ', v_beyond,
                ' @list_orders_date OR o.order_id ', v_beyond, ' @list_orders_place)');
        ELSEIF p_place > 0 THEN
            SET v_where = CONCAT(v_where, ' AND o.order_id ', v_beyond, ' @list_orders_place');
        END IF;
        SET @list_orders_sql = CONCAT(
            'SELECT d.document AS document, CONCAT("[", o.order_id, "]") AS place FROM (SELECT o.order_id, o.order_date', v_where, v_order,
            ' LIMIT ? OFFSET ?) AS o STRAIGHT_JOIN order_documents AS d ON d.order_id = o.order_id', v_order);
        PREPARE list_orders_statement FROM @list_orders_sql;
        EXECUTE list_orders_statement USING @list_orders_subject, @list_orders_email, @list_orders_status, @list_orders_id,
            @list_orders_customer, @list_orders_name, @list_orders_book, @list_orders_from, @list_orders_until, @list_orders_limit,
            @list_orders_offset;
    END IF;
    DEALLOCATE PREPARE list_orders_statement;
END $$

DELIMITER ;
