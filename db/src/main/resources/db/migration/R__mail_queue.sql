-- The state of the outbox in one row, for monitoring. Cheap: it reads one index, and no sent emails.
--
-- waiting            mails that will be tried, now or later
-- failing            those of them that failed before
-- overdue_seconds    how long the oldest mail that is due has been waiting for its turn; 0 if none is
-- dead               mails that will not be tried again unless somebody puts them back; not those of registrations, whose addresses visitors mistype
CREATE OR REPLACE SQL SECURITY INVOKER VIEW mail_queue AS
SELECT (SELECT COUNT(*) FROM mail_outbox WHERE status = 'waiting') AS waiting,
       (SELECT COUNT(*) FROM mail_outbox WHERE status = 'waiting' AND last_error IS NOT NULL) AS failing,
       (SELECT GREATEST(0, COALESCE(TIMESTAMPDIFF(SECOND, MIN(next_attempt_at), UTC_TIMESTAMP(3)), 0))
        FROM mail_outbox WHERE status = 'waiting') AS overdue_seconds,
       (SELECT COUNT(*) FROM mail_outbox WHERE status = 'dead' AND kind <> 'registration') AS dead;
