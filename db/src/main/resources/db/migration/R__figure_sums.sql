-- The orders of all time by currency: what fold_figures has added up, and the events that it has not added yet, several rows for a currency.
CREATE OR REPLACE SQL SECURITY INVOKER VIEW order_sums AS
SELECT currency, orders_placed AS placed, orders_completed AS completed, orders_cancelled AS cancelled, orders_returned AS returned, revenue
FROM order_totals
UNION ALL
SELECT currency, placed, completed, cancelled, returned, revenue
FROM figure_events;
