-- Has a mail sent once more, or now instead of later, with all its attempts ahead of it. It keeps its Message-ID.
--
-- outcome     document
-- requeued    the mail (mail_documents)
-- not_found   NULL
-- being_sent  the mail: somebody is sending it at this moment
DELIMITER $$

DROP PROCEDURE IF EXISTS requeue_mail $$

CREATE PROCEDURE requeue_mail(IN p_mail_id BIGINT)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_found, v_being_sent BOOLEAN;
    DECLARE v_outcome VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT 'not_found';
    DECLARE v_document LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        ROLLBACK;
        RESIGNAL;
    END;

    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    START TRANSACTION;

    SELECT TRUE, claim IS NOT NULL AND next_attempt_at > UTC_TIMESTAMP(3) INTO v_found, v_being_sent
    FROM mail_outbox
    WHERE mail_id = p_mail_id
    FOR UPDATE;

    IF v_found THEN
        IF v_being_sent THEN
            SET v_outcome = 'being_sent';
        ELSE
            SET v_outcome = 'requeued';
            UPDATE mail_outbox
            SET status = 'waiting', attempts = 0, claim = NULL, sent_at = NULL, last_error = NULL,
                next_attempt_at = UTC_TIMESTAMP(3)
            WHERE mail_id = p_mail_id;
        END IF;
        SELECT document INTO v_document FROM mail_documents WHERE mail_id = p_mail_id;
    END IF;
    COMMIT;

    SELECT v_outcome AS outcome, v_document AS document;
END $$

DELIMITER ;
