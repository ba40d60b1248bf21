-- The figures of every day (UTC) from p_from to p_to, both included, one row for each with the column document:
--   {"date","ordersPlaced","ordersCompleted","ordersCancelled","revenue","discount","currency"}
-- No rows if p_from is after p_to. They mean what they mean in day_summary. At most 1000 days: MySQL's own limit of a recursion.
DELIMITER $$

DROP PROCEDURE IF EXISTS list_summaries $$

CREATE PROCEDURE list_summaries(IN p_from DATE, IN p_to DATE)
    READS SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_currency CHAR(3) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci
        DEFAULT COALESCE((SELECT currency FROM orders ORDER BY order_id DESC LIMIT 1), 'USD');

    WITH RECURSIVE days AS (
        SELECT p_from AS day FROM DUAL WHERE p_from <= p_to
        UNION ALL
        SELECT day + INTERVAL 1 DAY FROM days WHERE day < p_to
    ),
    figures AS (
        SELECT day, SUM(placed) AS placed, SUM(completed) AS completed, SUM(cancelled) AS cancelled, SUM(revenue) AS revenue,
               SUM(discount) AS discount
        FROM (SELECT day, orders_placed AS placed, orders_completed AS completed, orders_cancelled AS cancelled, revenue, discount
              FROM day_figures
              WHERE day BETWEEN p_from AND p_to
              UNION ALL
              SELECT day, placed, completed, cancelled, revenue, discount
              FROM figure_events
              WHERE day BETWEEN p_from AND p_to) AS events
        GROUP BY day
    )
    SELECT CONCAT('{"date": "', DATE_FORMAT(d.day, '%Y-%m-%d'),
                  '", "ordersPlaced": ', COALESCE(f.placed, 0), ', "ordersCompleted": ', COALESCE(f.completed, 0),
                  ', "ordersCancelled": ', COALESCE(f.cancelled, 0), ', "revenue": ', COALESCE(f.revenue, '0.00'),
                  ', "discount": ', COALESCE(f.discount, '0.00'), ', "currency": ', JSON_QUOTE(v_currency), '}') AS document
    FROM days AS d
         LEFT JOIN figures AS f ON f.day = d.day
    ORDER BY d.day;
END $$

DELIMITER ;
