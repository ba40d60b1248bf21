-- What happened to each order as JSON documents: who did what, when (UTC), and what staff noted.
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY INVOKER VIEW order_history_documents AS
SELECT h.order_history_id,
       h.order_id,
       JSON_OBJECT('entryId', h.order_history_id,
                   'event', h.event,
                   'actor', h.actor,
                   'note', h.note,
                   'occurredAt', DATE_FORMAT(TIMESTAMPADD(SECOND, FLOOR(UNIX_TIMESTAMP(h.occurred_at)), '1970-01-01 00:00:00'),
                                             '%Y-%m-%dT%H:%i:%sZ')) AS document
FROM order_history h;
