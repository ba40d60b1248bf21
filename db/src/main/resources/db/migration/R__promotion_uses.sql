-- How often promotion codes are used (promotion_uses, promotion_customers).
DELIMITER $$

-- Counts an order of p_owner (orders.owner) with the code, none if that is NULL: p_change is 1 if it is placed, -1 if it is cancelled. Part of the
-- caller's transaction; call it last, because orders of the same slot wait for each other from here to COMMIT.
DROP PROCEDURE IF EXISTS use_promotion $$

CREATE PROCEDURE use_promotion(
    IN p_code VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_owner VARCHAR(261) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    IN p_order_id INT,
    IN p_change INT)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    IF p_code IS NOT NULL THEN
        INSERT INTO promotion_uses (promo_code, slot, uses)
        VALUES (p_code, p_order_id % 16, p_change)
        ON DUPLICATE KEY UPDATE uses = uses + VALUES(uses);
        INSERT INTO promotion_customers (owner, promo_code, uses)
        VALUES (p_owner, p_code, p_change)
        ON DUPLICATE KEY UPDATE uses = uses + VALUES(uses);
    END IF;
END $$

-- Counts the uses of all codes again, in a transaction of its own. Call it after writing orders with a code without a procedure of this schema.
DROP PROCEDURE IF EXISTS count_promotion_uses $$

CREATE PROCEDURE count_promotion_uses()
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    START TRANSACTION;
    INSERT IGNORE INTO promotion_uses (promo_code, slot, uses)
    SELECT c.code, p.position - 1, 0
    FROM (SELECT code FROM promotions UNION SELECT promo_code FROM orders WHERE promo_code IS NOT NULL) AS c
         JOIN search_positions AS p ON p.position <= 16;
    -- From here on orders with a code wait, so that what is counted below is all that there is.
    UPDATE promotion_uses SET uses = 0;
    UPDATE promotion_customers SET uses = 0;

    INSERT INTO promotion_uses (promo_code, slot, uses)
    SELECT o.promo_code, o.order_id % 16, COUNT(*)
    FROM orders AS o
    WHERE o.promo_code IS NOT NULL AND o.payment_status <> 'cancelled'
    GROUP BY o.promo_code, o.order_id % 16
    ON DUPLICATE KEY UPDATE uses = VALUES(uses);
    INSERT INTO promotion_customers (owner, promo_code, uses)
    SELECT o.owner, o.promo_code, COUNT(*)
    FROM orders AS o
    WHERE o.promo_code IS NOT NULL AND o.payment_status <> 'cancelled'
    GROUP BY o.owner, o.promo_code
    ON DUPLICATE KEY UPDATE uses = VALUES(uses);
    COMMIT;
END $$

DELIMITER ;

-- Orders of before, and those of procedures of before until now: those that count uses are installed, their names come first.
CALL count_promotion_uses();
