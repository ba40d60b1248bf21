-- Adds a note of staff to the history of an order, whatever its state.
--
-- outcome   document
-- noted     the entry of the history
-- not_found NULL
DELIMITER $$

DROP PROCEDURE IF EXISTS add_order_note $$

CREATE PROCEDURE add_order_note(
    IN p_order_id INT,
    IN p_actor VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_note VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_outcome VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT 'not_found';
    DECLARE v_document LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        ROLLBACK;
        RESIGNAL;
    END;

    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    START TRANSACTION;
    IF EXISTS (SELECT 1 FROM orders WHERE order_id = p_order_id) THEN
        INSERT INTO order_history (order_id, event, actor, note) VALUES (p_order_id, 'noted', p_actor, p_note);
        SET v_outcome = 'noted';
        SELECT document INTO v_document FROM order_history_documents WHERE order_history_id = LAST_INSERT_ID();
    END IF;
    COMMIT;

    SELECT v_outcome AS outcome, v_document AS document;
END $$

DELIMITER ;
