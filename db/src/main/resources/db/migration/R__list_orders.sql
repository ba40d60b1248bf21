-- A page of orders: one row with `document` per order; or, if p_limit is 0, one row with their `total`. It locks and changes nothing.
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
--
-- The statement has only the conditions that are asked for, so that the optimizer finds the index of each: one query for all would read a
-- customer's page from the end of the whole table. It is put together from constant texts; every value is a parameter. A condition that is
-- not asked for still takes its parameter, and is true for it.
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
    DECLARE v_direction VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin DEFAULT IF(p_oldest_first = 1, ' ASC ', ' DESC ');

    SET @list_orders_subject = CONCAT('sub:', p_owner_subject);
    SET @list_orders_email = CONCAT('email:', p_owner_email);
    SET @list_orders_status = p_status;
    SET @list_orders_id = p_order_id;
    SET @list_orders_customer = p_customer;
    SET @list_orders_name = p_customer COLLATE utf8mb4_unicode_ci;
    SET @list_orders_book = p_book;
    SET @list_orders_from = v_from;
    SET @list_orders_until = v_until;
    SET @list_orders_limit = p_limit;
    SET @list_orders_offset = p_offset;

    SET @list_orders_sql = CONCAT(
        'SELECT ', IF(p_limit = 0, 'COUNT(*) AS total', 'o.order_id'),
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
        PREPARE list_orders_statement FROM @list_orders_sql;
        EXECUTE list_orders_statement USING @list_orders_subject, @list_orders_email, @list_orders_status, @list_orders_id,
            @list_orders_customer, @list_orders_name, @list_orders_book, @list_orders_from, @list_orders_until;
    ELSE
        SET @list_orders_sql = CONCAT(
            'SELECT d.document AS document FROM (', @list_orders_sql,
            ' ORDER BY o.order_id', v_direction, 'LIMIT ? OFFSET ?) AS page'
            ' STRAIGHT_JOIN order_documents AS d ON d.order_id = page.order_id ORDER BY page.order_id', v_direction);
        PREPARE list_orders_statement FROM @list_orders_sql;
        EXECUTE list_orders_statement USING @list_orders_subject, @list_orders_email, @list_orders_status, @list_orders_id,
            @list_orders_customer, @list_orders_name, @list_orders_book, @list_orders_from, @list_orders_until, @list_orders_limit,
            @list_orders_offset;
    END IF;
    DEALLOCATE PREPARE list_orders_statement;
END $$

DELIMITER ;
