-- Every event of the audit as the JSON document that administrators see. occurredAt is UTC.
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY INVOKER VIEW audit_documents AS
SELECT a.audit_id,
       a.kind,
       a.occurred_at,
       JSON_OBJECT('auditId', a.audit_id,
                   'kind', a.kind,
                   'subject', a.subject,
                   'actor', a.actor,
                   'details', JSON_EXTRACT(a.details, '$'),
                   'occurredAt', DATE_FORMAT(TIMESTAMPADD(SECOND, FLOOR(UNIX_TIMESTAMP(a.occurred_at)), '1970-01-01 00:00:00'),
                                             '%Y-%m-%dT%H:%i:%sZ')) AS document
FROM audit_events a;
