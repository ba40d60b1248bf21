-- Takes one mail that is due, for somebody who will send it and then report mail_sent or mail_failed under the same claim.
-- No other node gets it before the lease expires; then it is due again, because its holder is presumed dead. The second attempt has the
-- lease twice, the third three times, all others four times: a holder that is not dead but waits for a slow mail server gets the time to
-- report, instead of a mail from every run in between.
--
-- Answers one row, or none if no mail is due. A mail that was claimed p_max_attempts times without ever a report is
-- given up instead: it may be what kills its holders.
--
-- SKIP LOCKED: two nodes never wait for each other here, nor for an order that is just being placed.
DELIMITER $$

DROP PROCEDURE IF EXISTS claim_mail $$

CREATE PROCEDURE claim_mail(
    IN p_claim CHAR(36) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_lease_seconds INT,
    IN p_max_attempts INT)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_mail_id BIGINT;
    DECLARE v_attempts INT;
    DECLARE v_none_due BOOLEAN DEFAULT FALSE;

    DECLARE CONTINUE HANDLER FOR NOT FOUND SET v_none_due = TRUE;
    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        ROLLBACK;
        RESIGNAL;
    END;

    next_due: LOOP
        SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
        START TRANSACTION;
        SELECT mail_id, attempts INTO v_mail_id, v_attempts
        FROM mail_outbox FORCE INDEX (mail_outbox_by_status)
        WHERE status = 'waiting' AND next_attempt_at <= UTC_TIMESTAMP(3)
        ORDER BY next_attempt_at, mail_id
        LIMIT 1
        FOR UPDATE SKIP LOCKED;

        IF v_none_due THEN
            COMMIT;
            LEAVE next_due;
        END IF;
        IF v_attempts < p_max_attempts THEN
            UPDATE mail_outbox
            SET claim = p_claim,
                attempts = attempts + 1,
                next_attempt_at = TIMESTAMPADD(SECOND, p_lease_seconds * LEAST(v_attempts + 1, 4), UTC_TIMESTAMP(3))
            WHERE mail_id = v_mail_id;
            COMMIT;
            LEAVE next_due;
        END IF;
        UPDATE mail_outbox
        SET status = 'dead', claim = NULL, last_error = COALESCE(last_error, 'No attempt ever reported back')
        WHERE mail_id = v_mail_id;
        COMMIT;
    END LOOP;

    SELECT mail_id AS mailId, kind, recipients, message_id AS messageId, correlation_id AS correlationId, document
    FROM mail_outbox
    WHERE mail_id = v_mail_id AND NOT v_none_due;
END $$

DELIMITER ;
