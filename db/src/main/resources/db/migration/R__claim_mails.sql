-- Takes emails that are due, p_batch at most, for somebody who will send them and then report mail_sent or mail_failed under the same claim.
-- No other node gets them before the lease expires; then they are due again, because their holder is presumed dead. The second attempt has the
-- lease twice, the third three times, all others four times: a holder that is not dead but waits for a slow mail server gets the time to
-- report, instead of an email from every run in between.
--
-- Answers one row per email, those first that are due longest. An email that was claimed p_max_attempts times without ever a report is given
-- up instead: it may be what kills its holders.
--
-- Emails of one order go out in their order: while an earlier one waits or is being sent, a later one is put off.
--
-- SKIP LOCKED: two nodes never wait for each other here, nor for an order that is just being placed.
DELIMITER $$

DROP PROCEDURE IF EXISTS claim_mail $$
DROP PROCEDURE IF EXISTS claim_mails $$

CREATE PROCEDURE claim_mails(
    IN p_claim CHAR(36) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_lease_seconds INT,
    IN p_max_attempts INT,
    IN p_batch INT)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_now DATETIME(3) DEFAULT UTC_TIMESTAMP(3);
    DECLARE v_soon DATETIME(3) DEFAULT TIMESTAMPADD(SECOND, 1, v_now);
    DECLARE v_mail_id BIGINT;
    DECLARE v_attempts INT;
    DECLARE v_key, v_order VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin;
    DECLARE v_put_off DATETIME(3);
    DECLARE v_claimed INT DEFAULT 0;
    DECLARE v_ids TEXT CHARACTER SET ascii COLLATE ascii_bin DEFAULT '';
    DECLARE v_none_due BOOLEAN DEFAULT FALSE;

    DECLARE CONTINUE HANDLER FOR NOT FOUND SET v_none_due = TRUE;
    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        ROLLBACK;
        RESIGNAL;
    END;

    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    START TRANSACTION;
    next_due: WHILE v_claimed < p_batch DO
        SELECT mail_id, attempts, mail_key INTO v_mail_id, v_attempts, v_key
        FROM mail_outbox FORCE INDEX (mail_outbox_by_status)
        WHERE status = 'waiting' AND next_attempt_at <= v_now
        ORDER BY next_attempt_at, mail_id
        LIMIT 1
        FOR UPDATE SKIP LOCKED;

        IF v_none_due THEN
            LEAVE next_due;
        END IF;
        SET v_put_off = NULL;
        IF v_key LIKE 'order-%' THEN
            -- The point follows the hyphen: these are the keys of this order.
            SET v_order = SUBSTRING_INDEX(v_key, '-', 2);
            SELECT MAX(IF(claim IS NULL, GREATEST(next_attempt_at, v_soon), v_soon)) INTO v_put_off
            FROM mail_outbox
            WHERE mail_key >= CONCAT(v_order, '-') AND mail_key < CONCAT(v_order, '.') AND mail_id < v_mail_id AND status = 'waiting';
        END IF;
        IF v_put_off IS NOT NULL THEN
            UPDATE mail_outbox SET next_attempt_at = v_put_off WHERE mail_id = v_mail_id;
        ELSEIF v_attempts < p_max_attempts THEN
            UPDATE mail_outbox
            SET claim = p_claim,
                attempts = attempts + 1,
                next_attempt_at = TIMESTAMPADD(SECOND, p_lease_seconds * LEAST(v_attempts + 1, 4), v_now)
            WHERE mail_id = v_mail_id;
            SET v_ids = CONCAT_WS(',', NULLIF(v_ids, ''), v_mail_id);
            SET v_claimed = v_claimed + 1;
        ELSE
            UPDATE mail_outbox
            SET status = 'dead', claim = NULL, last_error = COALESCE(last_error, 'No attempt ever reported back')
            WHERE mail_id = v_mail_id;
        END IF;
    END WHILE;
    COMMIT;

    SELECT m.mail_id AS mailId, m.kind, m.recipients, m.message_id AS messageId, m.correlation_id AS correlationId, m.document
    FROM JSON_TABLE(CONCAT('[', v_ids, ']'), '$[*]' COLUMNS (place FOR ORDINALITY, mail_id BIGINT PATH '$')) AS c
         STRAIGHT_JOIN mail_outbox AS m ON m.mail_id = c.mail_id
    ORDER BY c.place;
END $$

DELIMITER ;
