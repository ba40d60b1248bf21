-- Deletes registration emails that are a day old, sent or dead, whatever p_keep_days says: they hold names of people who may have no account; and
-- request counts of addresses whose window is over. p_batch of each at most.
--
-- Deletes mails that were sent more than p_keep_days days ago, p_batch of them at most, those first that are due longest. 0 days: none, ever. Waiting
-- and dead mails stay, and so do the summaries of the last seven days that have one: by them queue_summaries knows which days it has missed.
--
-- SKIP LOCKED: nodes that do so at the same time pass each other, and none waits for an email that is requeued at this moment.
-- next_attempt_at of a mail that was sent is about when it was sent, and has the index.
-- Answers one row with the column purged: how many this call deleted.
DELIMITER $$

DROP PROCEDURE IF EXISTS purge_mails $$

CREATE PROCEDURE purge_mails(IN p_keep_days INT, IN p_batch INT)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_before DATETIME(3) DEFAULT UTC_TIMESTAMP(3) - INTERVAL p_keep_days DAY;
    DECLARE v_summaries_before DATE DEFAULT (SELECT MAX(summary_date) - INTERVAL 6 DAY FROM mail_outbox);
    DECLARE v_purged INT DEFAULT 0;
    DECLARE v_mail_id BIGINT;
    DECLARE v_email_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin;
    DECLARE v_no_more BOOLEAN DEFAULT FALSE;
    DECLARE old_mails CURSOR FOR
        SELECT mail_id
        FROM mail_outbox FORCE INDEX (mail_outbox_by_status)
        WHERE status = 'sent' AND next_attempt_at < v_before AND sent_at < v_before
          AND (summary_date IS NULL OR summary_date < v_summaries_before)
        ORDER BY next_attempt_at, mail_id
        LIMIT p_batch
        FOR UPDATE SKIP LOCKED;
    DECLARE old_registrations CURSOR FOR
        SELECT mail_id
        FROM mail_outbox FORCE INDEX (mail_outbox_by_kind)
        WHERE kind = 'registration' AND created_at < UTC_TIMESTAMP(3) - INTERVAL 1 DAY AND status <> 'waiting'
        ORDER BY created_at, mail_id
        LIMIT p_batch
        FOR UPDATE SKIP LOCKED;
    DECLARE old_windows CURSOR FOR
        SELECT email_hash
        FROM registration_windows FORCE INDEX (registration_windows_by_end)
        WHERE ends_at < UTC_TIMESTAMP(3)
        ORDER BY ends_at
        LIMIT p_batch
        FOR UPDATE SKIP LOCKED;

    DECLARE CONTINUE HANDLER FOR NOT FOUND SET v_no_more = TRUE;
    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        ROLLBACK;
        RESIGNAL;
    END;

    IF p_keep_days > 0 THEN
        SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
        START TRANSACTION;
        OPEN old_mails;
        WHILE NOT v_no_more DO
            FETCH old_mails INTO v_mail_id;
            IF NOT v_no_more THEN
                DELETE FROM mail_outbox WHERE mail_id = v_mail_id;
                SET v_purged = v_purged + 1;
            END IF;
        END WHILE;
        CLOSE old_mails;
        COMMIT;
    END IF;

    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    START TRANSACTION;
    OPEN old_registrations;
    SET v_no_more = FALSE;
    WHILE NOT v_no_more DO
        FETCH old_registrations INTO v_mail_id;
        IF NOT v_no_more THEN
            DELETE FROM mail_outbox WHERE mail_id = v_mail_id;
            SET v_purged = v_purged + 1;
        END IF;
    END WHILE;
    CLOSE old_registrations;
    OPEN old_windows;
    SET v_no_more = FALSE;
    WHILE NOT v_no_more DO
        FETCH old_windows INTO v_email_hash;
        IF NOT v_no_more THEN
            DELETE FROM registration_windows WHERE email_hash = v_email_hash;
        END IF;
    END WHILE;
    CLOSE old_windows;
    COMMIT;

    SELECT v_purged AS purged;
END $$

DELIMITER ;
