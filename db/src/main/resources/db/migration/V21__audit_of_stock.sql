-- What staff changed in the stock so far. From now on change_stock and create_book record it.
INSERT INTO audit_events (kind, subject, actor, details, occurred_at)
SELECT 'stock_changed', m.book_id, m.actor,
       JSON_OBJECT('title', b.title, 'type', m.type, 'change', m.stock_change, 'stockAfter', m.stock_after, 'reason', m.reason),
       m.occurred_at
FROM stock_movements AS m
     JOIN books AS b ON b.book_id = m.book_id
WHERE m.type IN ('received', 'returned', 'damaged', 'counted')
ORDER BY m.movement_id;
