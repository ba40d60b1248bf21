-- Has the summary of a day mailed to the administrators, once more if it was before. A summary that was queued before
-- says what it said then.
--
-- outcome     document
-- queued      the mail (mail_documents): the day had none yet
-- requeued    the mail
-- being_sent  the mail: somebody is sending it at this moment
DELIMITER $$

DROP PROCEDURE IF EXISTS queue_summary $$

CREATE PROCEDURE queue_summary(
    IN p_date DATE,
    IN p_low_stock INT,
    IN p_correlation_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_mail_id BIGINT;
    DECLARE v_summary, v_document LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

    SELECT mail_id INTO v_mail_id FROM mail_outbox WHERE summary_date = p_date;
    IF v_mail_id IS NULL THEN
        CALL day_summary(p_date, p_low_stock, v_summary);
        WHILE v_document IS NULL DO
            BEGIN
                -- Somebody else was faster: then it waits already, and is sent at once. A deadlock (1213) is somebody who is just as fast.
                DECLARE EXIT HANDLER FOR 1062, 1213 BEGIN END;
                INSERT INTO mail_outbox (mail_key, kind, recipients, message_id, document, correlation_id, created_at,
                                         next_attempt_at, summary_date)
                VALUES (CONCAT('summary-', DATE_FORMAT(p_date, '%Y-%m-%d')), 'summary', '', CONCAT(UUID(), '@books.com'), v_summary,
                        NULLIF(LEFT(p_correlation_id, 64), ''), UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), p_date);
            END;
            SELECT document INTO v_document
            FROM mail_documents
            WHERE mail_id = (SELECT mail_id FROM mail_outbox WHERE summary_date = p_date);
        END WHILE;
        SELECT 'queued' AS outcome, v_document AS document;
    ELSE
        CALL requeue_mail(v_mail_id);
    END IF;
END $$

DELIMITER ;
