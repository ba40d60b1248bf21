-- Records a decision about a registration in the audit. p_decision is approved or rejected, p_reason '' means none. Answers one row.
DELIMITER $$

DROP PROCEDURE IF EXISTS record_decision $$

CREATE PROCEDURE record_decision(
    IN p_registration VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_decision VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_reason VARCHAR(1000) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_actor VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    INSERT INTO audit_events (kind, subject, actor, details)
    VALUES (CONCAT('registration_', p_decision), p_registration, p_actor, JSON_OBJECT('reason', NULLIF(p_reason, '')));
    SELECT 'recorded' AS outcome;
END $$

DELIMITER ;
