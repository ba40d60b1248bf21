-- Takes a completed order back: its books go back to stock, and its payment becomes returned with it. One call, one transaction, one row.
--
-- outcome       document
-- returned      the order, now returned
-- not_found     NULL
-- not_completed the order as it is
--
-- The order is locked first, then its books, as cancel_order does it. p_correlation_id names the request that asked for it, '' if it has no
-- name; the customer's mail carries it.
DELIMITER $$

DROP PROCEDURE IF EXISTS return_order $$

CREATE PROCEDURE return_order(
    IN p_order_id INT,
    IN p_actor VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_correlation_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_status, v_outcome VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_user_email VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
    DECLARE v_document LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        ROLLBACK;
        RESIGNAL;
    END;

    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    START TRANSACTION;

    SELECT payment_status, user_email INTO v_status, v_user_email FROM orders WHERE order_id = p_order_id FOR UPDATE;

    IF v_status IS NULL THEN
        SET v_outcome = 'not_found';
    ELSE
        IF v_status <> 'completed' THEN
            SET v_outcome = 'not_completed';
        ELSE
            SET v_outcome = 'returned';
            CALL return_books(p_order_id, 'returned', p_actor);
            UPDATE orders SET payment_status = 'returned' WHERE order_id = p_order_id;
            UPDATE payments SET payment_status = 'returned' WHERE order_id = p_order_id;
            INSERT INTO order_history (order_id, event, actor) VALUES (p_order_id, 'returned', p_actor);
            INSERT INTO figures_pending (order_history_id) VALUES (LAST_INSERT_ID());
        END IF;
        SELECT document INTO v_document FROM order_documents WHERE order_id = p_order_id;
        IF v_outcome = 'returned' THEN
            INSERT INTO mail_outbox (mail_key, kind, recipients, message_id, document, correlation_id, created_at, next_attempt_at)
            VALUES (CONCAT('order-', p_order_id, '-returned'), 'order_returned', v_user_email, CONCAT(UUID(), '@books.com'), v_document,
                    NULLIF(LEFT(p_correlation_id, 64), ''), UTC_TIMESTAMP(3), UTC_TIMESTAMP(3));
        END IF;
    END IF;
    COMMIT;

    SELECT v_outcome AS outcome, v_document AS document;
END $$

DELIMITER ;
