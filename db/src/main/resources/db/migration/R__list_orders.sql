-- A page of orders, newest first: one row with `document` per order; it locks and changes nothing.
--
-- p_status '' means any state. p_owner_subject '' lists the orders of all customers (staff); otherwise those of that account, and
-- those of p_owner_email that no account has claimed.
--
-- A procedure, because one query for both would let the optimizer read a customer's page from the end of the whole table: the
-- index is forced, so that the cost grows with the customer's orders only.
DELIMITER $$

DROP PROCEDURE IF EXISTS list_orders $$

CREATE PROCEDURE list_orders(
    IN p_status VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_owner_subject VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    IN p_owner_email VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    IN p_limit INT,
    IN p_offset INT)
    READS SQL DATA
    SQL SECURITY INVOKER
BEGIN
    IF p_owner_subject = '' THEN
        SELECT d.document AS document
        FROM order_documents AS d
        WHERE p_status = '' OR d.status = p_status
        ORDER BY d.order_id DESC
        LIMIT p_limit OFFSET p_offset;
    ELSE
        SELECT d.document AS document
        FROM (SELECT order_id
              FROM orders FORCE INDEX (orders_by_owner)
              WHERE owner IN (CONCAT('sub:', p_owner_subject), CONCAT('email:', p_owner_email))
                AND (p_status = '' OR payment_status = p_status)
              ORDER BY order_id DESC
              LIMIT p_limit OFFSET p_offset) AS page
             STRAIGHT_JOIN order_documents AS d ON d.order_id = page.order_id
        ORDER BY page.order_id DESC;
    END IF;
END $$

DELIMITER ;
