-- Cancels a pending order: its books go back to stock, its payment is cancelled with it.
-- One call, one transaction, one row. p_owner_subject '' lets anyone's order be cancelled (staff); otherwise only an order of that
-- account is found, to which orders of p_owner_email that no account owns yet are tied first. p_correlation_id names the
-- request that asked for it, '' if it has no name; the customer's mail carries it.
--
-- outcome     document
-- cancelled   the order, now cancelled
-- not_found   NULL: no such order, or someone else's
-- not_pending the order as it is: completed or cancelled before
--
-- The order is locked first, then its books in ascending order, as place_order locks them.
-- Both claim older orders before that, by the same index, so the two cannot wait for each other in a circle.
DELIMITER $$

DROP PROCEDURE IF EXISTS cancel_order_once $$

CREATE PROCEDURE cancel_order_once(
    IN p_order_id INT,
    IN p_actor VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_owner_subject VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    IN p_owner_email VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    IN p_correlation_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_status, v_outcome VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_user_email VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
    DECLARE v_owner VARCHAR(261) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
    DECLARE v_code VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_document LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        ROLLBACK;
        RESIGNAL;
    END;

    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    START TRANSACTION;

    IF p_owner_subject <> '' THEN
        CALL claim_orders(p_owner_subject, p_owner_email);
    END IF;

    SELECT payment_status, user_email, owner, promo_code INTO v_status, v_user_email, v_owner, v_code
    FROM orders
    WHERE order_id = p_order_id AND (p_owner_subject = '' OR customer_subject = p_owner_subject)
    FOR UPDATE;

    IF v_status IS NULL THEN
        SET v_outcome = 'not_found';
    ELSE
        IF v_status <> 'pending' THEN
            SET v_outcome = 'not_pending';
        ELSE
            SET v_outcome = 'cancelled';

            CALL return_books(p_order_id, 'cancelled', p_actor);
            UPDATE orders SET payment_status = 'cancelled' WHERE order_id = p_order_id;
            UPDATE payments SET payment_status = 'cancelled' WHERE order_id = p_order_id;
            INSERT INTO order_history (order_id, event, actor) VALUES (p_order_id, 'cancelled', p_actor);
            INSERT INTO figures_pending (order_history_id) VALUES (LAST_INSERT_ID());
        END IF;
        SELECT document INTO v_document FROM order_documents WHERE order_id = p_order_id;
        IF v_outcome = 'cancelled' THEN
            INSERT INTO mail_outbox (mail_key, kind, recipients, message_id, document, correlation_id, created_at, next_attempt_at)
            VALUES (CONCAT('order-', p_order_id, '-cancelled'), 'order_cancelled', v_user_email, CONCAT(UUID(), '@books.com'), v_document,
                    NULLIF(LEFT(p_correlation_id, 64), ''), UTC_TIMESTAMP(3), UTC_TIMESTAMP(3));
            CALL use_promotion(v_code, v_owner, p_order_id, -1);
        END IF;
    END IF;
    COMMIT;

    SELECT v_outcome AS outcome, v_document AS document;
END $$

-- A deadlock has rolled everything back: up to five attempts, as for place_order.
DROP PROCEDURE IF EXISTS cancel_order $$

CREATE PROCEDURE cancel_order(
    IN p_order_id INT,
    IN p_actor VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_owner_subject VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    IN p_owner_email VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
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
            CALL cancel_order_once(p_order_id, p_actor, p_owner_subject, p_owner_email, p_correlation_id);
            SET v_attempt = 0;
        END;
    UNTIL v_attempt = 0 END REPEAT;
END $$

DELIMITER ;
