-- Deletes decisions about registrations from the audit that are more than p_keep_days (1 to 3650) days old, p_batch of them at most. The identity
-- server erases the registrations themselves after the same time.
--
-- SKIP LOCKED: nodes that do so at the same time pass each other. occurred_at is a TIMESTAMP: it is compared in the time zone of the session.
-- Answers one row with the column purged: how many this call deleted.
DELIMITER $$

DROP PROCEDURE IF EXISTS purge_decisions $$

CREATE PROCEDURE purge_decisions(IN p_keep_days INT, IN p_batch INT)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_before DATETIME(3) DEFAULT CURRENT_TIMESTAMP(3) - INTERVAL LEAST(GREATEST(p_keep_days, 1), 3650) DAY;
    DECLARE v_purged INT DEFAULT 0;
    DECLARE v_audit_id BIGINT;
    DECLARE v_no_more BOOLEAN DEFAULT FALSE;
    DECLARE old_decisions CURSOR FOR
        SELECT audit_id
        FROM audit_events FORCE INDEX (audit_events_by_kind)
        WHERE kind IN ('registration_approved', 'registration_rejected') AND occurred_at < v_before
        ORDER BY kind, audit_id
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
    OPEN old_decisions;
    WHILE NOT v_no_more DO
        FETCH old_decisions INTO v_audit_id;
        IF NOT v_no_more THEN
            DELETE FROM audit_events WHERE audit_id = v_audit_id;
            SET v_purged = v_purged + 1;
        END IF;
    END WHILE;
    CLOSE old_decisions;
    COMMIT;

    SELECT v_purged AS purged;
END $$

DELIMITER ;
