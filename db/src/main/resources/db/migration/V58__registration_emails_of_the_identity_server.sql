-- The identity server hands over the emails about registrations that wait or were decided: their kinds, whose names are longer than those before.
--
-- MySQL drops a CHECK by another word than MariaDB does, and before 8.0.16 it has none.
SET @drop_mail_kinds = IF(
    VERSION() LIKE '%MariaDB%',
    'ALTER TABLE mail_outbox DROP CONSTRAINT mail_outbox_known_kinds',
    IF((SELECT COUNT(*)
        FROM information_schema.table_constraints
        WHERE constraint_schema = DATABASE() AND table_name = 'mail_outbox' AND constraint_name = 'mail_outbox_known_kinds') > 0,
       'ALTER TABLE mail_outbox DROP CHECK mail_outbox_known_kinds',
       'DO 0'));
PREPARE drop_mail_kinds FROM @drop_mail_kinds;
EXECUTE drop_mail_kinds;
DEALLOCATE PREPARE drop_mail_kinds;

ALTER TABLE mail_outbox
    MODIFY kind VARCHAR(40) NOT NULL;
ALTER TABLE mail_outbox
    ADD CONSTRAINT mail_outbox_all_kinds
        CHECK (kind IN ('order_placed', 'order_completed', 'order_cancelled', 'order_returned', 'summary', 'registration',
                        'registration_received', 'registration_review', 'registration_approved', 'registration_rejected',
                        'registration_failed', 'registration_not_created'));
