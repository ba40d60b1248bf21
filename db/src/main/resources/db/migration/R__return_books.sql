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
    DECLARE v_out_of_stock INT;

    SELECT COUNT(DISTINCT IF(b.stock_quantity = 0 AND b.deleted_at IS NULL, b.book_id, NULL)) INTO v_out_of_stock
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

    -- The caller locks no other book after it.
    IF v_out_of_stock > 0 THEN
        UPDATE book_totals SET books_out_of_stock = books_out_of_stock - v_out_of_stock;
    END IF;
END $$

DELIMITER ;

-- Older procedures, which may have run until now, do not keep every count; this is the last of those that do.
-- Read committed: reading the books does not make orders wait.
SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
CALL count_categories();
