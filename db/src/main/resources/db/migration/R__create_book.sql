-- Adds a book to the catalogue. p_author and p_isbn '' mean unknown. p_stock copies are its first movement, received by p_actor.
-- Answers one row: outcome 'created', the book as the catalogue shows it, its version.
DELIMITER $$

DROP PROCEDURE IF EXISTS create_book $$

CREATE PROCEDURE create_book(
    IN p_title VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_author VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_isbn VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    IN p_price DECIMAL(10, 2),
    IN p_stock INT,
    IN p_actor VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_document LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    DECLARE v_book_id, v_version INT;

    DECLARE EXIT HANDLER FOR SQLEXCEPTION
    BEGIN
        ROLLBACK;
        RESIGNAL;
    END;

    SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
    START TRANSACTION;

    INSERT INTO books (title, author, isbn, price, stock_quantity)
    VALUES (p_title, NULLIF(p_author, ''), NULLIF(p_isbn, ''), p_price, p_stock);
    SET v_book_id = LAST_INSERT_ID();

    IF p_stock <> 0 THEN
        INSERT INTO stock_movements (book_id, type, stock_change, stock_after, actor)
        VALUES (v_book_id, 'received', p_stock, p_stock, p_actor);
    END IF;

    SELECT document, version INTO v_document, v_version
    FROM book_documents
    WHERE book_id = v_book_id;
    COMMIT;

    SELECT 'created' AS outcome, v_document AS document, v_version AS version;
END $$

DELIMITER ;
