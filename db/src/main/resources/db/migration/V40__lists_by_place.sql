-- Lists of orders by day and of emails by state, page after page without a sort.
CREATE INDEX orders_by_date ON orders (order_date, order_id);
CREATE INDEX mail_outbox_newest ON mail_outbox (status, mail_id);

-- Returned orders are kept beside the others. One that was returned stays in orders_completed and in the revenue, as fold_figures adds
-- them; V35 left those out that had been returned before it. What is pending is added by the next call of fold_figures.
ALTER TABLE order_totals ADD COLUMN orders_returned BIGINT NOT NULL DEFAULT 0;

DELETE FROM order_totals;
INSERT INTO order_totals (currency, orders_placed, orders_completed, orders_cancelled, orders_returned, revenue)
SELECT currency, COUNT(*), SUM(payment_status IN ('completed', 'returned')), SUM(payment_status = 'cancelled'),
       SUM(payment_status = 'returned'), SUM(IF(payment_status IN ('completed', 'returned'), total_amount, 0))
FROM orders
GROUP BY currency;

UPDATE order_totals AS t
       JOIN (SELECT o.currency,
                    SUM(h.event = 'placed') AS placed,
                    SUM(h.event = 'completed') AS completed,
                    SUM(h.event = 'cancelled') AS cancelled,
                    SUM(IF(h.event = 'completed', o.total_amount, 0)) AS revenue
             FROM figures_pending AS p
                  JOIN order_history AS h ON h.order_history_id = p.order_history_id
                  JOIN orders AS o ON o.order_id = h.order_id
             GROUP BY o.currency) AS e ON e.currency = t.currency
SET t.orders_placed = t.orders_placed - e.placed,
    t.orders_completed = t.orders_completed - e.completed,
    t.orders_cancelled = t.orders_cancelled - e.cancelled,
    t.revenue = t.revenue - e.revenue;
