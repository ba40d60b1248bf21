-- Deletes emails about registrations, sent or dead, that are p_keep_days old, p_batch of them at most: they hold names and addresses of people
-- who may have no account, which the identity server erases after as many days. Waiting ones stay until they are sent or given up.
--
-- SKIP LOCKED: nodes that do so at the same time pass each other.
-- Answers one row with the column purged: how many this call deleted.
DELIMITER $$

DROP PROCEDURE IF EXISTS purge_registration_emails $$

CREATE PROCEDURE purge_registration_emails(IN p_keep_days INT, IN p_batch INT)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_purged INT DEFAULT 0;
    DECLARE v_mail_id BIGINT;
    DECLARE v_no_more BOOLEAN DEFAULT FALSE;
    DECLARE old_mails CURSOR FOR
        SELECT mail_id
        FROM mail_outbox FORCE INDEX (mail_outbox_by_kind)
        WHERE kind IN ('registration_received', 'registration_review', 'registration_approved', 'registration_rejected',
                       'registration_failed', 'registration_not_created')
          AND created_at < UTC_TIMESTAMP(3) - INTERVAL p_keep_days DAY AND status <> 'waiting'
        LIMIT p_batch
        FOR UPDATE SKIP LOCKED;

    DECLARE CONTINUE HANDLER FOR NOT FOUND SET v_no_more = TRUE;
    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        ROLLBACK;
        RESIGNAL;
    END;

    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    START TRANSACTION;
    OPEN old_mails;
    FETCH old_mails INTO v_mail_id;
    WHILE NOT v_no_more DO
        DELETE FROM mail_outbox WHERE mail_id = v_mail_id;
        SET v_purged = v_purged + 1;
        FETCH old_mails INTO v_mail_id;
    END WHILE;
    CLOSE old_mails;
    COMMIT;

    SELECT v_purged AS purged;
END $$

DELIMITER ;
