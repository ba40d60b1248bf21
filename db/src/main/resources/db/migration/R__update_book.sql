-- Replaces title, author, ISBN, price and details of a book, if it still has a version that the caller saw.
-- p_expected_version is that version, several of them separated by commas, or '*' for any. p_author and p_isbn '' mean unknown,
-- p_details is what set_book_details takes.
-- p_actor is who does it: the audit has every change of a price. The stock stays: change_stock changes it. p_stock is what the caller takes it to be, '' if the caller does not say.
--
-- outcome          document, version
-- updated          the book as it is now, its new version
-- not_found        NULL, NULL: no such book, or deleted
-- version_conflict NULL, its present version: someone else changed it, or a copy was sold, in between
-- isbn_taken       {"bookId"} of the book on sale that has this ISBN, its present version
-- stock_differs    NULL, its present version: the caller names another stock
DELIMITER $$

DROP PROCEDURE IF EXISTS update_book $$

CREATE PROCEDURE update_book(
    IN p_book_id INT,
    IN p_expected_version VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_title VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_author VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_isbn VARCHAR(13) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_details LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_price DECIMAL(10, 2),
    IN p_stock VARCHAR(11) CHARACTER SET ascii COLLATE ascii_bin,
    IN p_actor VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_outcome VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_document LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_version, v_stock INT;
    DECLARE v_price DECIMAL(10, 2);

    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        ROLLBACK;
        RESIGNAL;
    END;

    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    START TRANSACTION;

    SELECT version, stock_quantity, price INTO v_version, v_stock, v_price
    FROM books
    WHERE book_id = p_book_id AND deleted_at IS NULL
    FOR UPDATE;

    IF v_version IS NULL THEN
        SET v_outcome = 'not_found';
    ELSEIF p_expected_version <> '*' AND FIND_IN_SET(CONVERT(v_version USING ascii), p_expected_version) = 0 THEN
        SET v_outcome = 'version_conflict';
    ELSEIF p_stock <> '' AND p_stock <> CONVERT(v_stock USING ascii) THEN
        SET v_outcome = 'stock_differs';
    ELSE
        SET v_outcome = 'updated';
        BEGIN
            DECLARE EXIT HANDLER FOR 1062 SET v_outcome = 'isbn_taken';
            UPDATE books
            SET title   = p_title,
                author  = NULLIF(p_author, ''),
                isbn    = NULLIF(p_isbn, ''),
                price   = p_price,
                version = version + 1
            WHERE book_id = p_book_id;
        END;

        IF v_outcome = 'isbn_taken' THEN
            SELECT JSON_OBJECT('bookId', MAX(book_id)) INTO v_document FROM books WHERE isbn_on_sale = p_isbn;
        ELSE
            CALL set_book_details(p_book_id, p_details);
            CALL index_books(p_book_id, p_book_id);
            SELECT document, version INTO v_document, v_version
            FROM book_documents
            WHERE book_id = p_book_id;
            -- + 0: MariaDB quotes a DECIMAL of a variable.
            IF v_price <> p_price THEN
                INSERT INTO audit_events (kind, subject, actor, details)
                VALUES ('price_changed', p_book_id, p_actor,
                        JSON_OBJECT('title', p_title, 'priceBefore', v_price + 0, 'price', p_price + 0));
            END IF;
        END IF;
    END IF;
    COMMIT;

    SELECT v_outcome AS outcome, v_document AS document, v_version AS version;
END $$

DELIMITER ;
