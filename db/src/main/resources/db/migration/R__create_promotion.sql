-- Adds a promotion. Times are seconds since 1970-01-01 UTC: p_from '' means now, p_until '' without end. Limits '' mean none.
--
-- outcome    document, version
-- created    the promotion, its version
-- code_taken NULL, NULL: there is a promotion with this code, perhaps an ended one
DELIMITER $$

DROP PROCEDURE IF EXISTS create_promotion $$

CREATE PROCEDURE create_promotion(
    IN p_code VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_percent DECIMAL(5, 2),
    IN p_from VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_until VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_max_uses VARCHAR(11) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_max_uses_per_customer VARCHAR(11) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_actor VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_outcome VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT 'created';
    DECLARE v_document LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_version INT;

    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        ROLLBACK;
        RESIGNAL;
    END;

    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    START TRANSACTION;

    BEGIN
        DECLARE EXIT HANDLER FOR 1062 SET v_outcome = 'code_taken';
        INSERT INTO promotions (code, percent_off, valid_from, valid_until, max_uses, max_uses_per_customer)
        VALUES (p_code, p_percent, IF(p_from = '', CURRENT_TIMESTAMP, FROM_UNIXTIME(NULLIF(p_from, ''))), FROM_UNIXTIME(NULLIF(p_until, '')),
                NULLIF(p_max_uses, ''), NULLIF(p_max_uses_per_customer, ''));
    END;

    IF v_outcome = 'created' THEN
        SELECT document, version INTO v_document, v_version FROM promotion_documents WHERE code = p_code;
        INSERT INTO audit_events (kind, subject, actor, details) VALUES ('promotion_created', p_code, p_actor, v_document);
    END IF;
    COMMIT;

    SELECT v_outcome AS outcome, v_document AS document, v_version AS version;
END $$

DELIMITER ;
