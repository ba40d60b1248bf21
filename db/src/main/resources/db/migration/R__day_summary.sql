-- The figures of one day (UTC) as JSON, in p_document:
--   {"date","ordersPlaced","ordersCompleted","ordersCancelled","revenue","discount","currency",
--    "bestSellers":[{"bookId","title","quantity","revenue"}],"lowStock":[{"bookId","title","stockQuantity"}]}
--
-- The order_history decides what happened on the day; fold_figures has added it up, but for the newest events. revenue and discount are those of the orders completed on it, and
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
    DECLARE v_placed, v_completed, v_cancelled, v_book_id, v_quantity INT;
    DECLARE v_revenue, v_discount, v_line_total DECIMAL(20, 2);
    DECLARE v_currency CHAR(3) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_title VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_sellers, v_low LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_no_more BOOLEAN DEFAULT FALSE;

    DECLARE best_sellers CURSOR FOR
        -- Those of the whole day are among the best of what was added up and what is still pending.
        WITH pending AS (
            SELECT i.book_id, MAX(COALESCE(i.title, '')) AS title, SUM(i.quantity) AS copies, COALESCE(SUM(i.line_total), 0) AS revenue
            FROM figure_events AS e
                 JOIN order_items AS i ON i.order_id = e.order_id
            WHERE e.day = p_date AND e.completed
            GROUP BY i.book_id
        ),
        best AS (
            SELECT book_id FROM day_sales WHERE day = p_date ORDER BY copies DESC, book_id LIMIT 10
        ),
        candidates AS (
            SELECT book_id FROM best
            UNION
            SELECT book_id FROM pending
        )
        SELECT c.book_id, GREATEST(COALESCE(s.title, ''), COALESCE(p.title, '')),
               COALESCE(s.copies, 0) + COALESCE(p.copies, 0) AS copies, COALESCE(s.revenue, 0) + COALESCE(p.revenue, 0)
        FROM candidates AS c
             LEFT JOIN day_sales AS s ON s.day = p_date AND s.book_id = c.book_id
             LEFT JOIN pending AS p ON p.book_id = c.book_id
        ORDER BY copies DESC, c.book_id
        LIMIT 10;

    DECLARE low_stock CURSOR FOR
        SELECT book_id, title, stock_quantity
        FROM books
        WHERE deleted_at IS NULL AND stock_quantity <= p_low_stock
        ORDER BY stock_quantity, book_id
        LIMIT 20;

    DECLARE CONTINUE HANDLER FOR NOT FOUND SET v_no_more = TRUE;

    SELECT COALESCE(SUM(placed), 0), COALESCE(SUM(completed), 0), COALESCE(SUM(cancelled), 0), COALESCE(SUM(revenue), 0),
           COALESCE(SUM(discount), 0)
    INTO v_placed, v_completed, v_cancelled, v_revenue, v_discount
    FROM (SELECT orders_placed AS placed, orders_completed AS completed, orders_cancelled AS cancelled, revenue, discount
          FROM day_figures
          WHERE day = p_date
          UNION ALL
          SELECT placed, completed, cancelled, revenue, discount
          FROM figure_events
          WHERE day = p_date) AS events;

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
