-- Every change of a book's stock as the JSON document that the inventory shows. occurredAt is UTC.
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY INVOKER VIEW stock_movement_documents AS
SELECT m.movement_id,
       m.book_id,
       JSON_OBJECT('movementId', m.movement_id,
                   'bookId', m.book_id,
                   'type', m.type,
                   'change', m.stock_change,
                   'stockAfter', m.stock_after,
                   'reason', m.reason,
                   'actor', m.actor,
                   'orderId', m.order_id,
                   'occurredAt', DATE_FORMAT(TIMESTAMPADD(SECOND, FLOOR(UNIX_TIMESTAMP(m.occurred_at)), '1970-01-01 00:00:00'),
                                             '%Y-%m-%dT%H:%i:%sZ')) AS document
FROM stock_movements m;
