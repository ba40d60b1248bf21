-- The shop's figures as Prometheus wants them: one row a series. "labels" stands between braces, empty for none; a series
-- that counts nothing is there with 0, so that an alert on it can tell nothing from unknown.
--
-- Orders and books on sale are not counted here: fold_figures and book_totals keep their sums. Revenue counts completed orders, by the
-- currency they were sold in; an order that is returned later stays in it. Mails that were sent are not counted: the outbox
-- may be tidied, and a count that falls would look like a restart.
CREATE OR REPLACE SQL SECURITY INVOKER VIEW metrics_business AS
SELECT 'bookstore_orders' AS name, 'gauge' AS type, 'Orders by status' AS help,
       CONCAT('status="', s.status, '"') AS labels,
       COALESCE(CASE s.status
                    WHEN 'completed' THEN t.completed - t.returned
                    WHEN 'cancelled' THEN t.cancelled
                    WHEN 'returned' THEN t.returned
                    ELSE t.placed - t.completed - t.cancelled
                END, 0) AS value
FROM (SELECT 'pending' AS status UNION ALL SELECT 'completed' UNION ALL SELECT 'cancelled' UNION ALL SELECT 'returned') AS s
     CROSS JOIN (SELECT SUM(placed) AS placed, SUM(completed) AS completed, SUM(cancelled) AS cancelled,
                        SUM(returned) AS returned
                 FROM order_sums) AS t
UNION ALL
SELECT 'bookstore_revenue_total', 'counter', 'Total amount of completed orders', CONCAT('currency="', currency, '"'), SUM(revenue)
FROM order_sums
GROUP BY currency
HAVING SUM(completed) > 0
UNION ALL
SELECT 'bookstore_books', 'gauge', 'Books on sale', '', books_on_sale
FROM book_totals
UNION ALL
SELECT 'bookstore_books_out_of_stock', 'gauge', 'Books on sale of which there is no copy', '', books_out_of_stock
FROM book_totals
UNION ALL
SELECT 'bookstore_mails', 'gauge', 'Mails in the outbox by status: waiting for their turn, or given up', 'status="waiting"', waiting
FROM mail_queue
UNION ALL
SELECT 'bookstore_mails', 'gauge', 'Mails in the outbox by status: waiting for their turn, or given up', 'status="dead"', dead
FROM mail_queue
UNION ALL
SELECT 'bookstore_mails_failing', 'gauge', 'Waiting mails that the SMTP server did not take before', '', failing
FROM mail_queue
UNION ALL
SELECT 'bookstore_mails_overdue_seconds', 'gauge', 'How long the oldest mail that is due has waited for its turn', '', overdue_seconds
FROM mail_queue
UNION ALL
SELECT 'bookstore_registration_emails_suppressed', 'gauge', 'Registration emails not sent because of the limit per email address, in current windows', '',
       COALESCE(SUM(suppressed), 0)
FROM registration_windows;
