-- Reports that the mail server has accepted an email. From then on it is sent, also if another node has claimed it meanwhile or it was given
-- up. Otherwise a mail server that is slower than the lease would get the email again with every attempt.
--
-- outcome
-- sent  noted
-- lost  noted, but the claim is not the one that holds the mail: its lease was over, and somebody else has it or has sent it, so it may go out
--       a second time
DELIMITER $$

DROP PROCEDURE IF EXISTS mail_sent_once $$

CREATE PROCEDURE mail_sent_once(
    IN p_mail_id BIGINT,
    IN p_claim CHAR(36) CHARACTER SET ascii COLLATE ascii_bin)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_outcome VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

    UPDATE mail_outbox
    SET status = 'sent', sent_at = UTC_TIMESTAMP(3), claim = NULL, last_error = NULL
    WHERE mail_id = p_mail_id AND claim = p_claim AND status = 'waiting';

    SET v_outcome = IF(ROW_COUNT() = 1, 'sent', 'lost');
    IF v_outcome = 'lost' THEN
        UPDATE mail_outbox
        SET status = 'sent', sent_at = UTC_TIMESTAMP(3), claim = NULL, last_error = NULL
        WHERE mail_id = p_mail_id AND status <> 'sent';
    END IF;
    SELECT v_outcome AS outcome;
END $$

-- A deadlock has changed nothing: up to five attempts, because an email that is not noted as sent goes out again.
DROP PROCEDURE IF EXISTS mail_sent $$

CREATE PROCEDURE mail_sent(
    IN p_mail_id BIGINT,
    IN p_claim CHAR(36) CHARACTER SET ascii COLLATE ascii_bin)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_attempt INT DEFAULT 0;

    REPEAT
        BEGIN
            DECLARE EXIT HANDLER FOR 1213
            BEGIN
                IF v_attempt >= 5 THEN
                    RESIGNAL;
                END IF;
            END;
            SET v_attempt = v_attempt + 1;
            CALL mail_sent_once(p_mail_id, p_claim);
            SET v_attempt = 0;
        END;
    UNTIL v_attempt = 0 END REPEAT;
END $$

DELIMITER ;
