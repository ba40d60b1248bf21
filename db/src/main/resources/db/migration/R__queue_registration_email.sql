-- Takes an email about a registration that the identity server has written. The same p_id again is the same email: it is sent once.
--
-- p_id        the caller's name for the email, a UUID; its Message-ID is made of it
-- p_document  {"subject","text","html"}, text may be missing
--
-- outcome     document
-- queued      the email (mail_documents)
-- replayed    the email, which was taken before
-- key_reused  NULL: the name is that of an email of another kind or to another address
DELIMITER $$

DROP PROCEDURE IF EXISTS queue_registration_email $$

CREATE PROCEDURE queue_registration_email(
    IN p_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_kind VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_recipient VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    IN p_document LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_correlation_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_key VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin DEFAULT CONCAT('registration-', p_id);
    DECLARE v_outcome VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT 'queued';
    DECLARE v_mail_id BIGINT;

    BEGIN
        DECLARE EXIT HANDLER FOR 1062 SET v_outcome = 'replayed';
        INSERT INTO mail_outbox (mail_key, kind, recipients, message_id, document, correlation_id, created_at, next_attempt_at)
        VALUES (v_key, p_kind, p_recipient, CONCAT(p_id, '@books.com'), p_document, NULLIF(LEFT(p_correlation_id, 64), ''),
                UTC_TIMESTAMP(3), UTC_TIMESTAMP(3));
    END;
    SELECT MAX(mail_id) INTO v_mail_id
    FROM mail_outbox
    WHERE mail_key = v_key AND kind = p_kind AND recipients = p_recipient;

    SELECT IF(v_mail_id IS NULL, 'key_reused', v_outcome) AS outcome,
           (SELECT document FROM mail_documents WHERE mail_id = v_mail_id) AS document;
END $$

DELIMITER ;
