-- Replaces the quantity discounts, if they still have a version that the caller saw (as in update_book). Those of the configuration, which
-- apply until the first call, have version 0.
--
-- outcome          document, version
-- updated          the tiers, their new version
-- version_conflict NULL, the present version
DELIMITER $$

DROP PROCEDURE IF EXISTS replace_quantity_discounts $$

CREATE PROCEDURE replace_quantity_discounts(
    IN p_expected_version VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_tiers VARCHAR(1000) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_actor VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_outcome VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_version INT;

    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        ROLLBACK;
        RESIGNAL;
    END;

    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    START TRANSACTION;

    -- The first of two administrators adds the row, and the other waits for it.
    INSERT IGNORE INTO quantity_discounts (id, tiers, version) VALUES (1, 'none', 0);
    SELECT version INTO v_version FROM quantity_discounts WHERE id = 1 FOR UPDATE;

    IF p_expected_version <> '*' AND FIND_IN_SET(CONVERT(v_version USING ascii), p_expected_version) = 0 THEN
        -- Also takes an added row back: the configuration's tiers still apply.
        ROLLBACK;
        SET v_outcome = 'version_conflict';
    ELSE
        SET v_outcome = 'updated', v_version = v_version + 1;
        UPDATE quantity_discounts SET tiers = p_tiers, version = v_version WHERE id = 1;
        INSERT INTO audit_events (kind, subject, actor, details)
        VALUES ('quantity_discounts_changed', '', p_actor, JSON_OBJECT('tiers', p_tiers));
        COMMIT;
    END IF;

    SELECT v_outcome AS outcome, IF(v_outcome = 'updated', p_tiers, NULL) AS document, v_version AS version;
END $$

DELIMITER ;
