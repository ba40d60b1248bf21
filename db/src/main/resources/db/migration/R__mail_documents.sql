-- Every mail as the mail service shows it to operators. The document of the mail itself is not in it: it is the customer's.
-- recipients is null for mails to the administrators.
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY INVOKER VIEW mail_documents AS
SELECT m.mail_id,
       m.status,
       JSON_OBJECT('mailId', m.mail_id,
                   'mailKey', m.mail_key,
                   'kind', m.kind,
                   'recipients', NULLIF(m.recipients, ''),
                   'messageId', m.message_id,
                   'correlationId', m.correlation_id,
                   'status', m.status,
                   'attempts', m.attempts,
                   'createdAt', DATE_FORMAT(m.created_at, '%Y-%m-%dT%H:%i:%sZ'),
                   'nextAttemptAt', IF(m.status = 'waiting', DATE_FORMAT(m.next_attempt_at, '%Y-%m-%dT%H:%i:%sZ'), NULL),
                   'sentAt', DATE_FORMAT(m.sent_at, '%Y-%m-%dT%H:%i:%sZ'),
                   'lastError', m.last_error) AS document
FROM mail_outbox m;
