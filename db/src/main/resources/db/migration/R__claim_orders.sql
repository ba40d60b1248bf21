-- Ties the orders of an email address that no account owns yet to an account: one statement, one transaction, or part of the
-- caller's. Orders that an account owns already keep their owner. Uses of promotion codes go with their orders. p_subject is the account's `sub`; '' gives the orders to no
-- account, so that only staff see them. p_user_email is in lower case. Answers nothing.
--
-- If the account used one of their idempotency keys for an order of its own, the claimed orders give up their keys: no request
-- is repeated that long after.
DELIMITER $$

DROP PROCEDURE IF EXISTS claim_orders $$

CREATE PROCEDURE claim_orders(
    IN p_subject VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    IN p_user_email VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_claimed BOOLEAN DEFAULT FALSE;
    DECLARE CONTINUE HANDLER FOR 1062
    BEGIN
        UPDATE orders
        SET customer_subject = p_subject, idempotency_key = NULL
        WHERE owner = CONCAT('email:', p_user_email);
        SET v_claimed = TRUE;
    END;

    UPDATE orders SET customer_subject = p_subject WHERE owner = CONCAT('email:', p_user_email);
    IF v_claimed OR ROW_COUNT() > 0 THEN
        INSERT INTO promotion_customers (owner, promo_code, uses)
        SELECT CONCAT('sub:', p_subject), c.promo_code, c.claimed
        FROM (SELECT promo_code, uses AS claimed FROM promotion_customers WHERE owner = CONCAT('email:', p_user_email)) AS c
        ON DUPLICATE KEY UPDATE uses = uses + VALUES(uses);
        UPDATE promotion_customers SET uses = 0 WHERE owner = CONCAT('email:', p_user_email);
    END IF;
END $$

DELIMITER ;
