-- Completes a pending order together with its payment: one call, one transaction, one row.
--
-- outcome     document
-- completed   the order, now completed
-- not_found   NULL
-- not_pending the order as it is: completed or cancelled before
--
-- p_correlation_id names the request that asked for it, '' if it has no name; the customer's mail carries it.
DELIMITER $$

DROP PROCEDURE IF EXISTS complete_order_once $$

CREATE PROCEDURE complete_order_once(
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
        IF v_status <> 'pending' THEN
            SET v_outcome = 'not_pending';
        ELSE
            SET v_outcome = 'completed';
            UPDATE orders SET payment_status = 'completed' WHERE order_id = p_order_id;
            UPDATE payments SET payment_status = 'completed' WHERE order_id = p_order_id;
            INSERT INTO order_history (order_id, event, actor) VALUES (p_order_id, 'completed', p_actor);
            INSERT INTO figures_pending (order_history_id) VALUES (LAST_INSERT_ID());
        END IF;
        SELECT document INTO v_document FROM order_documents WHERE order_id = p_order_id;
        IF v_outcome = 'completed' THEN
            INSERT INTO mail_outbox (mail_key, kind, recipients, message_id, document, correlation_id, created_at, next_attempt_at)
            VALUES (CONCAT('order-', p_order_id, '-completed'), 'order_completed', v_user_email, CONCAT(UUID(), '@books.com'), v_document,
                    NULLIF(LEFT(p_correlation_id, 64), ''), UTC_TIMESTAMP(3), UTC_TIMESTAMP(3));
        END IF;
    END IF;
    COMMIT;

    SELECT v_outcome AS outcome, v_document AS document;
END $$

-- A deadlock has rolled everything back: up to five attempts, as for place_order.
DROP PROCEDURE IF EXISTS complete_order $$

CREATE PROCEDURE complete_order(
    IN p_order_id INT,
    IN p_actor VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_correlation_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_attempt INT DEFAULT 0;

    REPEAT
        BEGIN
            DECLARE EXIT HANDLER FOR 1213
            BEGIN
                IF v_attempt >= 5 THEN
                    RESIGNAL;
                END IF;
            END;
            SET v_attempt = v_attempt + 1;
            CALL complete_order_once(p_order_id, p_actor, p_correlation_id);
            SET v_attempt = 0;
        END;
    UNTIL v_attempt = 0 END REPEAT;
END $$

DELIMITER ;
