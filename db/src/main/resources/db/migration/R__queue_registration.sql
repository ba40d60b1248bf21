-- Has a registration email sent to an address, unless it got p_limit of them since its window of p_window_seconds began. Both cases write one
-- transaction and answer the same, so that a caller does not learn what others did with an address.
--
-- p_email     in lower case
-- p_document  {"givenName","familyName"}
-- Answers one row: outcome accepted.
DELIMITER $$

DROP PROCEDURE IF EXISTS queue_registration $$

CREATE PROCEDURE queue_registration(
    IN p_email VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    IN p_document TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_correlation_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_limit INT,
    IN p_window_seconds INT)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_now DATETIME(3) DEFAULT UTC_TIMESTAMP(3);
    DECLARE v_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin DEFAULT SHA2(p_email, 256);
    DECLARE v_requests INT;

    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        ROLLBACK;
        RESIGNAL;
    END;

    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    START TRANSACTION;

    -- Assigned from left to right: the end of the window comes last.
    INSERT INTO registration_windows (email_hash, requests, suppressed, ends_at)
    VALUES (v_hash, 1, 0, TIMESTAMPADD(SECOND, p_window_seconds, v_now))
    ON DUPLICATE KEY UPDATE
        suppressed = IF(ends_at <= v_now, 0, suppressed + IF(requests >= p_limit, 1, 0)),
        requests = IF(ends_at <= v_now, 1, LEAST(requests, 1000000) + 1),
        ends_at = IF(ends_at <= v_now, TIMESTAMPADD(SECOND, p_window_seconds, v_now), ends_at);

    SELECT requests INTO v_requests FROM registration_windows WHERE email_hash = v_hash;
    IF v_requests <= p_limit THEN
        INSERT INTO mail_outbox (mail_key, kind, recipients, message_id, document, correlation_id, created_at, next_attempt_at)
        VALUES (CONCAT('registration-', UUID()), 'registration', p_email, CONCAT(UUID(), '@books.com'), p_document,
                NULLIF(LEFT(p_correlation_id, 64), ''), v_now, v_now);
    END IF;
    COMMIT;

    SELECT 'accepted' AS outcome;
END $$

DELIMITER ;
