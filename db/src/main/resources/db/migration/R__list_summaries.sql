-- The figures of every day (UTC) from p_from to p_to, both included, one row for each with the column document:
--   {"date","ordersPlaced","ordersCompleted","ordersCancelled","revenue","discount","currency"}
-- No rows if p_from is after p_to. They mean what they mean in day_summary. At most 1000 days: MySQL's own limit of a recursion.
DELIMITER $$

DROP PROCEDURE IF EXISTS list_summaries $$

CREATE PROCEDURE list_summaries(IN p_from DATE, IN p_to DATE)
    READS SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_from DATETIME DEFAULT FROM_UNIXTIME(TIMESTAMPDIFF(SECOND, '1970-01-01', p_from));
    DECLARE v_until DATETIME DEFAULT FROM_UNIXTIME(TIMESTAMPDIFF(SECOND, '1970-01-01', p_to + INTERVAL 1 DAY));
    DECLARE v_currency CHAR(3) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci
        DEFAULT COALESCE((SELECT currency FROM orders ORDER BY order_id DESC LIMIT 1), 'USD');

    WITH RECURSIVE days AS (
        SELECT p_from AS day FROM DUAL WHERE p_from <= p_to
        UNION ALL
        SELECT day + INTERVAL 1 DAY FROM days WHERE day < p_to
    ),
    figures AS (
        -- FLOOR, because adding a fraction of a second rounds: the last half second of a day would count for the next.
        SELECT DATE(TIMESTAMPADD(SECOND, FLOOR(UNIX_TIMESTAMP(h.occurred_at)), '1970-01-01 00:00:00')) AS day,
               SUM(h.event = 'placed') AS placed,
               SUM(h.event = 'completed') AS completed,
               SUM(h.event = 'cancelled') AS cancelled,
               SUM(IF(h.event = 'completed', o.total_amount, 0)) AS revenue,
               SUM(IF(h.event = 'completed', o.discount_total, 0)) AS discount
        FROM order_history AS h
             JOIN orders AS o ON o.order_id = h.order_id
        WHERE h.occurred_at >= v_from AND h.occurred_at < v_until
        GROUP BY 1
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
