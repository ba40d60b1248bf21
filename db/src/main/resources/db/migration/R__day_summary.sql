-- The figures of one day (UTC) as JSON, in p_document:
--   {"date","ordersPlaced","ordersCompleted","ordersCancelled","revenue","discount","currency",
--    "bestSellers":[{"bookId","title","quantity","revenue"}],"lowStock":[{"bookId","title","stockQuantity"}]}
--
-- The order_history decides what happened on the day. revenue and discount are those of the orders completed on it, and
-- best sellers are their books: at most 10, the most copies first. So a sale counts once, on the day it became final.
-- lowStock knows no day: it is the stock at this moment, of at most 20 books on sale with p_low_stock copies or fewer.
-- currency is that of the latest order; the bookstore uses one currency.
--
-- A procedure with an OUT parameter and not a function: MySQL lets only administrators create functions when it writes
-- a binary log, as it does unless told not to.
DELIMITER $$

DROP PROCEDURE IF EXISTS day_summary $$

CREATE PROCEDURE day_summary(
    IN p_date DATE,
    IN p_low_stock INT,
    OUT p_document LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci)
    READS SQL DATA
    SQL SECURITY INVOKER
BEGIN
    -- The day's instants, in the time zone of the session, which is how TIMESTAMP columns are compared.
    DECLARE v_from DATETIME DEFAULT FROM_UNIXTIME(TIMESTAMPDIFF(SECOND, '1970-01-01', p_date));
    DECLARE v_until DATETIME DEFAULT FROM_UNIXTIME(TIMESTAMPDIFF(SECOND, '1970-01-01', p_date + INTERVAL 1 DAY));
    DECLARE v_placed, v_completed, v_cancelled, v_book_id, v_quantity INT;
    DECLARE v_revenue, v_discount, v_line_total DECIMAL(20, 2);
    DECLARE v_currency CHAR(3) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_title VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_sellers, v_low LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_no_more BOOLEAN DEFAULT FALSE;

    DECLARE best_sellers CURSOR FOR
        SELECT i.book_id, MAX(COALESCE(i.title, '')), SUM(i.quantity) AS copies, COALESCE(SUM(i.line_total), 0)
        FROM order_history AS h
             JOIN order_items AS i ON i.order_id = h.order_id
        WHERE h.occurred_at >= v_from AND h.occurred_at < v_until AND h.event = 'completed'
        GROUP BY i.book_id
        ORDER BY copies DESC, i.book_id
        LIMIT 10;

    DECLARE low_stock CURSOR FOR
        SELECT book_id, title, stock_quantity
        FROM books
        WHERE deleted_at IS NULL AND stock_quantity <= p_low_stock
        ORDER BY stock_quantity, book_id
        LIMIT 20;

    DECLARE CONTINUE HANDLER FOR NOT FOUND SET v_no_more = TRUE;

    SELECT COALESCE(SUM(h.event = 'placed'), 0),
           COALESCE(SUM(h.event = 'completed'), 0),
           COALESCE(SUM(h.event = 'cancelled'), 0),
           COALESCE(SUM(IF(h.event = 'completed', o.total_amount, 0)), 0),
           COALESCE(SUM(IF(h.event = 'completed', o.discount_total, 0)), 0)
    INTO v_placed, v_completed, v_cancelled, v_revenue, v_discount
    FROM order_history AS h
         JOIN orders AS o ON o.order_id = h.order_id
    WHERE h.occurred_at >= v_from AND h.occurred_at < v_until;

    SELECT currency INTO v_currency FROM orders ORDER BY order_id DESC LIMIT 1;

    SET v_no_more = FALSE;
    OPEN best_sellers;
    each_seller: LOOP
        FETCH best_sellers INTO v_book_id, v_title, v_quantity, v_line_total;
        IF v_no_more THEN
            LEAVE each_seller;
        END IF;
        SET v_sellers = CONCAT_WS(', ', v_sellers, CONCAT('{"bookId": ', v_book_id, ', "title": ', JSON_QUOTE(v_title),
                                                          ', "quantity": ', v_quantity, ', "revenue": ', v_line_total, '}'));
    END LOOP;
    CLOSE best_sellers;

    SET v_no_more = FALSE;
    OPEN low_stock;
    each_low: LOOP
        FETCH low_stock INTO v_book_id, v_title, v_quantity;
        IF v_no_more THEN
            LEAVE each_low;
        END IF;
        SET v_low = CONCAT_WS(', ', v_low, CONCAT('{"bookId": ', v_book_id, ', "title": ', JSON_QUOTE(v_title),
                                                  ', "stockQuantity": ', v_quantity, '}'));
    END LOOP;
    CLOSE low_stock;

    SET p_document = CONCAT('{"date": "', DATE_FORMAT(p_date, '%Y-%m-%d'),
                            '", "ordersPlaced": ', v_placed, ', "ordersCompleted": ', v_completed,
                            ', "ordersCancelled": ', v_cancelled, ', "revenue": ', v_revenue, ', "discount": ', v_discount,
                            ', "currency": ', JSON_QUOTE(COALESCE(v_currency, 'USD')),
                            ', "bestSellers": [', COALESCE(v_sellers, ''), '], "lowStock": [', COALESCE(v_low, ''), ']}');
END $$

DELIMITER ;
