-- Records that copies of a book came or went, and changes its stock by them: one call, one transaction, one row.
-- p_change is positive for copies that came, negative for copies that went. p_reason '' means none.
--
-- outcome      document
-- recorded     the movement
-- replayed     the movement that this key recorded before
-- key_reused   NULL: the key belongs to another movement of this book
-- not_found    NULL: no such book, or deleted
-- out_of_range {"stockQuantity"}: with the change the stock, which is this now, would be below 0 or above 1000000000
--
-- The change is added to the stock under the book's lock, so sales and movements at the same moment all count.
DELIMITER $$

DROP PROCEDURE IF EXISTS change_stock $$

CREATE PROCEDURE change_stock(
    IN p_book_id INT,
    IN p_type VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_change INT,
    IN p_reason VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_actor VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_idempotency_key VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_stock INT;
    DECLARE v_movement_id BIGINT;
    DECLARE v_same BOOLEAN;
    DECLARE v_outcome VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_document LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        ROLLBACK;
        RESIGNAL;
    END;

    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    START TRANSACTION;

    SELECT stock_quantity INTO v_stock
    FROM books
    WHERE book_id = p_book_id AND deleted_at IS NULL
    FOR UPDATE;

    SELECT MAX(movement_id), MAX(type = p_type AND stock_change = p_change AND BINARY COALESCE(reason, '') = BINARY COALESCE(NULLIF(p_reason, ''), ''))
    INTO v_movement_id, v_same
    FROM stock_movements FORCE INDEX (stock_movements_by_key)
    WHERE book_id = p_book_id AND idempotency_key = p_idempotency_key;

    IF v_stock IS NULL THEN
        SET v_outcome = 'not_found', v_movement_id = NULL;
    ELSEIF v_movement_id IS NOT NULL THEN
        SET v_outcome = IF(v_same, 'replayed', 'key_reused'), v_movement_id = IF(v_same, v_movement_id, NULL);
    ELSEIF v_stock + p_change < 0 OR (p_change > 0 AND v_stock + p_change > 1000000000) THEN
        SET v_outcome = 'out_of_range', v_document = JSON_OBJECT('stockQuantity', v_stock);
    ELSE
        SET v_outcome = 'recorded';
        UPDATE books
        SET stock_quantity = stock_quantity + p_change, version = version + 1
        WHERE book_id = p_book_id;
        INSERT INTO stock_movements (book_id, type, stock_change, stock_after, reason, actor, idempotency_key)
        VALUES (p_book_id, p_type, p_change, v_stock + p_change, NULLIF(p_reason, ''), p_actor, p_idempotency_key);
        SET v_movement_id = LAST_INSERT_ID();
        CALL record_stock_change(v_movement_id);
        IF v_stock = 0 OR v_stock + p_change = 0 THEN
            UPDATE book_totals SET books_out_of_stock = books_out_of_stock - (v_stock = 0) + (v_stock + p_change = 0);
        END IF;
    END IF;

    IF v_movement_id IS NOT NULL THEN
        SELECT document INTO v_document FROM stock_movement_documents WHERE movement_id = v_movement_id;
    END IF;
    COMMIT;

    SELECT v_outcome AS outcome, v_document AS document;
END $$

DELIMITER ;
