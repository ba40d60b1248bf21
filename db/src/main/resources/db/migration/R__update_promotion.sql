-- Replaces a promotion, if it still has a version that the caller saw (as in update_book). Parameters as in create_promotion; p_from '' keeps
-- the begin. Orders that used the code keep their discount. A promotion ends by a p_until in the past.
--
-- outcome          document, version
-- updated          the promotion as it is now, its new version
-- not_found        NULL, NULL
-- version_conflict NULL, its present version
DELIMITER $$

DROP PROCEDURE IF EXISTS update_promotion $$

CREATE PROCEDURE update_promotion(
    IN p_code VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_expected_version VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_percent DECIMAL(5, 2),
    IN p_from VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_until VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_max_uses VARCHAR(11) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_max_uses_per_customer VARCHAR(11) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_actor VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_outcome VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_document LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_version INT;

    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        ROLLBACK;
        RESIGNAL;
    END;

    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    START TRANSACTION;

    SELECT version INTO v_version FROM promotions WHERE code = p_code FOR UPDATE;

    IF v_version IS NULL THEN
        SET v_outcome = 'not_found';
    ELSEIF p_expected_version <> '*' AND FIND_IN_SET(CONVERT(v_version USING ascii), p_expected_version) = 0 THEN
        SET v_outcome = 'version_conflict';
    ELSE
        SET v_outcome = 'updated';
        UPDATE promotions
        SET percent_off           = p_percent,
            valid_from            = IF(p_from = '', valid_from, FROM_UNIXTIME(NULLIF(p_from, ''))),
            valid_until           = FROM_UNIXTIME(NULLIF(p_until, '')),
            max_uses              = NULLIF(p_max_uses, ''),
            max_uses_per_customer = NULLIF(p_max_uses_per_customer, ''),
            version               = version + 1
        WHERE code = p_code;
        SELECT document, version INTO v_document, v_version FROM promotion_documents WHERE code = p_code;
        INSERT INTO audit_events (kind, subject, actor, details) VALUES ('promotion_changed', p_code, p_actor, v_document);
    END IF;
    COMMIT;

    SELECT v_outcome AS outcome, v_document AS document, v_version AS version;
END $$

DELIMITER ;
