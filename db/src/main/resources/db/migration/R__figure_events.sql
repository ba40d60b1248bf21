-- The events that fold_figures has not added yet, with the day (UTC) on which they happened and the money that they move.
-- FLOOR, because adding a fraction of a second rounds: the last half second of a day would count for the next.
CREATE OR REPLACE SQL SECURITY INVOKER VIEW figure_events AS
SELECT h.order_history_id,
       h.order_id,
       DATE(TIMESTAMPADD(SECOND, FLOOR(UNIX_TIMESTAMP(h.occurred_at)), '1970-01-01 00:00:00')) AS day,
       o.currency,
       h.event = 'placed' AS placed,
       h.event = 'completed' AS completed,
       h.event = 'cancelled' AS cancelled,
       h.event = 'returned' AS returned,
       IF(h.event = 'completed', o.total_amount, 0) AS revenue,
       IF(h.event = 'completed', o.discount_total, 0) AS discount
FROM figures_pending AS p
     JOIN order_history AS h ON h.order_history_id = p.order_history_id
     JOIN orders AS o ON o.order_id = h.order_id;
