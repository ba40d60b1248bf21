-- Takes a book out of the catalogue, if it still has a version that the caller saw (as in update_book).
-- The row stays: orders that contain the book keep referring to it.
--
-- outcome          document, version
-- deleted          NULL, NULL
-- not_found        NULL, NULL: no such book, or deleted before
-- version_conflict NULL, its present version
DELIMITER $$

DROP PROCEDURE IF EXISTS delete_book $$

CREATE PROCEDURE delete_book(
    IN p_book_id INT,
    IN p_expected_version VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_outcome VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_version, v_category_id, v_stock INT;

    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        ROLLBACK;
        RESIGNAL;
    END;

    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    START TRANSACTION;

    SELECT version, category_id, stock_quantity INTO v_version, v_category_id, v_stock
    FROM books
    WHERE book_id = p_book_id AND deleted_at IS NULL
    FOR UPDATE;

    IF v_version IS NULL THEN
        SET v_outcome = 'not_found';
    ELSEIF p_expected_version <> '*' AND FIND_IN_SET(CONVERT(v_version USING ascii), p_expected_version) = 0 THEN
        SET v_outcome = 'version_conflict';
    ELSE
        SET v_outcome = 'deleted';
        UPDATE books
        SET deleted_at = CURRENT_TIMESTAMP, version = version + 1
        WHERE book_id = p_book_id;
        UPDATE categories SET books = books - 1 WHERE category_id = v_category_id;
        CALL index_books(p_book_id, p_book_id);
        UPDATE book_totals SET books_on_sale = books_on_sale - 1, books_out_of_stock = books_out_of_stock - (v_stock = 0);
        SET v_version = NULL;
    END IF;
    COMMIT;

    SELECT v_outcome AS outcome, CAST(NULL AS CHAR) AS document, v_version AS version;
END $$

DELIMITER ;
