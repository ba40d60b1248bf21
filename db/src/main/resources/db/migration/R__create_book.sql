-- Adds a book to the catalogue. p_author and p_isbn '' mean unknown, p_details is what set_book_details takes. p_stock copies are its first movement, received by p_actor.
--
-- outcome    document, version
-- created    the book as the catalogue shows it, its version
-- isbn_taken {"bookId"} of the book on sale that has this ISBN, NULL
DELIMITER $$

DROP PROCEDURE IF EXISTS create_book $$

CREATE PROCEDURE create_book(
    IN p_title VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_author VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_isbn VARCHAR(13) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_details LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_price DECIMAL(10, 2),
    IN p_stock INT,
    IN p_actor VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_document LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_book_id, v_version INT;
    DECLARE v_outcome VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT 'created';

    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        ROLLBACK;
        RESIGNAL;
    END;

    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    START TRANSACTION;

    BEGIN
        DECLARE EXIT HANDLER FOR 1062 SET v_outcome = 'isbn_taken';
        INSERT INTO books (title, author, isbn, price, stock_quantity)
        VALUES (p_title, NULLIF(p_author, ''), NULLIF(p_isbn, ''), p_price, p_stock);
        SET v_book_id = LAST_INSERT_ID();
    END;

    IF v_outcome = 'isbn_taken' THEN
        SELECT JSON_OBJECT('bookId', MAX(book_id)) INTO v_document FROM books WHERE isbn_on_sale = p_isbn;
    ELSEIF p_stock <> 0 THEN
        INSERT INTO stock_movements (book_id, type, stock_change, stock_after, actor)
        VALUES (v_book_id, 'received', p_stock, p_stock, p_actor);
        CALL record_stock_change(LAST_INSERT_ID());
    END IF;

    IF v_outcome = 'created' THEN
        CALL set_book_details(v_book_id, p_details);
        CALL index_books(v_book_id, v_book_id);
        SELECT document, version INTO v_document, v_version
        FROM book_documents
        WHERE book_id = v_book_id;
        UPDATE book_totals SET books_on_sale = books_on_sale + 1, books_out_of_stock = books_out_of_stock + (p_stock = 0);
    END IF;
    COMMIT;

    SELECT v_outcome AS outcome, v_document AS document, v_version AS version;
END $$

DELIMITER ;
