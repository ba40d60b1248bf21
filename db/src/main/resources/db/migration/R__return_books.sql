-- Puts the books of an order back into stock, as movements of p_type by p_actor: part of the caller's transaction, which has locked the order.
-- The books are locked in ascending order, as place_order locks them. Answers nothing.
DELIMITER $$

DROP PROCEDURE IF EXISTS return_books $$

CREATE PROCEDURE return_books(
    IN p_order_id INT,
    IN p_type VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_actor VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_books INT;

    SELECT COUNT(b.book_id) INTO v_books
    FROM order_items AS i FORCE INDEX (order_items_by_order)
         STRAIGHT_JOIN books AS b FORCE INDEX (PRIMARY) ON b.book_id = i.book_id
    WHERE i.order_id = p_order_id
    FOR UPDATE;

    -- Grouped, since an order older than the merging of lines may name a book twice.
    UPDATE (SELECT book_id, SUM(quantity) AS quantity
            FROM order_items WHERE order_id = p_order_id GROUP BY book_id) AS i
        STRAIGHT_JOIN books AS b FORCE INDEX (PRIMARY) ON b.book_id = i.book_id
    SET b.stock_quantity = b.stock_quantity + i.quantity,
        b.version = b.version + 1;

    INSERT INTO stock_movements (book_id, type, stock_change, stock_after, order_id, actor)
    SELECT i.book_id, p_type, i.quantity, b.stock_quantity, p_order_id, p_actor
    FROM (SELECT book_id, SUM(quantity) AS quantity
          FROM order_items WHERE order_id = p_order_id GROUP BY book_id) AS i
         STRAIGHT_JOIN books AS b FORCE INDEX (PRIMARY) ON b.book_id = i.book_id;
END $$

DELIMITER ;
