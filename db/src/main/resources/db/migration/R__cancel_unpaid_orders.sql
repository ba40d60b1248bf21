-- Cancels orders that are pending for more than p_hours hours, the oldest first, p_batch of them at most: each in a transaction of its own, as
-- cancel_order does it, with an email to the customer whose document has "unpaid": true. 0 hours: none, ever.
--
-- SKIP LOCKED: any number of nodes may call it at any time, and each order is cancelled by one of them. Numbers of orders rise with their
-- dates, so the first order that is too young ends the search.
-- Answers one row with the column cancelled: how many this call cancelled.
DELIMITER $$

DROP PROCEDURE IF EXISTS cancel_unpaid_orders $$

CREATE PROCEDURE cancel_unpaid_orders(IN p_hours INT, IN p_batch INT)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_before DATETIME DEFAULT FROM_UNIXTIME(UNIX_TIMESTAMP() - p_hours * 3600);
    DECLARE v_order_id INT;
    DECLARE v_order_date DATETIME;
    DECLARE v_user_email VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
    DECLARE v_owner VARCHAR(261) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
    DECLARE v_code VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_cancelled INT DEFAULT 0;
    DECLARE v_no_more BOOLEAN DEFAULT p_hours <= 0;

    DECLARE CONTINUE HANDLER FOR NOT FOUND SET v_no_more = TRUE;
    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        ROLLBACK;
        RESIGNAL;
    END;

    WHILE NOT v_no_more AND v_cancelled < p_batch DO
        SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
        START TRANSACTION;
        SELECT order_id, order_date, user_email, owner, promo_code
        INTO v_order_id, v_order_date, v_user_email, v_owner, v_code
        FROM orders FORCE INDEX (orders_by_status)
        WHERE payment_status = 'pending'
        ORDER BY order_id
        LIMIT 1
        FOR UPDATE SKIP LOCKED;
        IF v_no_more OR v_order_date >= v_before THEN
            SET v_no_more = TRUE;
        ELSE
            CALL return_books(v_order_id, 'cancelled', 'system');
            UPDATE orders SET payment_status = 'cancelled' WHERE order_id = v_order_id;
            UPDATE payments SET payment_status = 'cancelled' WHERE order_id = v_order_id;
            INSERT INTO order_history (order_id, event, actor) VALUES (v_order_id, 'cancelled', 'system');
            INSERT INTO figures_pending (order_history_id) VALUES (LAST_INSERT_ID());
            INSERT INTO mail_outbox (mail_key, kind, recipients, message_id, document, created_at, next_attempt_at)
            SELECT CONCAT('order-', v_order_id, '-cancelled'), 'order_cancelled', v_user_email, CONCAT(UUID(), '@books.com'),
                   JSON_SET(document, '$.unpaid', TRUE), UTC_TIMESTAMP(3), UTC_TIMESTAMP(3)
            FROM order_documents
            WHERE order_id = v_order_id;
            CALL use_promotion(v_code, v_owner, v_order_id, -1);
            SET v_cancelled = v_cancelled + 1;
        END IF;
        COMMIT;
    END WHILE;

    SELECT v_cancelled AS cancelled;
END $$

DELIMITER ;
