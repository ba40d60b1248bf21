-- Reports that the mail server has taken a mail.
--
-- outcome
-- sent  noted
-- lost  the claim is not the one that holds the mail: its lease was over, and somebody else has it or has sent it
DELIMITER $$

DROP PROCEDURE IF EXISTS mail_sent $$

CREATE PROCEDURE mail_sent(
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
    SELECT v_outcome AS outcome;
END $$

DELIMITER ;
