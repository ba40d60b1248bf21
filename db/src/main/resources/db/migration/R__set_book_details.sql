-- Writes down what is known of a book besides title, author and ISBN, and counts it in its category: part of the transaction of a caller
-- that has locked the book. p_details is a JSON object with any of description, publisher, publicationYear, language, category,
-- coverImageUrl and format; what it does not have becomes unknown. A category that no book has yet is made; one that no other book has takes this spelling.
DELIMITER $$

DROP PROCEDURE IF EXISTS set_book_details $$

CREATE PROCEDURE set_book_details(
    IN p_book_id INT,
    IN p_details LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_before, v_category_id INT;
    DECLARE v_category VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

    SELECT category_id INTO v_before FROM books WHERE book_id = p_book_id;
    -- MariaDB's JSON_UNQUOTE loses characters beyond U+FFFF; MySQL has JSON_VALUE since 8.0.21 only.
    SET v_category = /*M! JSON_VALUE(p_details, '$.category') */ /*!80000 JSON_UNQUOTE(JSON_EXTRACT(p_details, '$.category')) */;

    IF v_category IS NOT NULL THEN
        SELECT category_id INTO v_category_id FROM categories WHERE name = v_category;
        IF v_category_id IS NULL THEN
            INSERT IGNORE INTO categories (name) VALUES (v_category);
            SELECT category_id INTO v_category_id FROM categories WHERE name = v_category;
        END IF;
    END IF;
    IF NOT v_before <=> v_category_id THEN
        -- Both in one statement, in ascending order: two books that change places do not wait for each other.
        UPDATE categories
        SET books = books + IF(category_id <=> v_category_id, 1, -1)
        WHERE category_id IN (v_before, v_category_id);
    END IF;
    UPDATE categories
    SET name = v_category
    WHERE category_id = v_category_id AND books = 1 AND BINARY name <> BINARY v_category;

    UPDATE books AS b
           JOIN JSON_TABLE(p_details, '$' COLUMNS (
               description VARCHAR(4000) CHARACTER SET utf8mb4 PATH '$.description',
               publisher VARCHAR(255) CHARACTER SET utf8mb4 PATH '$.publisher',
               publication_year INT PATH '$.publicationYear',
               language VARCHAR(35) CHARACTER SET utf8mb4 PATH '$.language',
               cover_image_url VARCHAR(1000) CHARACTER SET utf8mb4 PATH '$.coverImageUrl',
               format VARCHAR(20) CHARACTER SET utf8mb4 PATH '$.format')) AS d
    SET b.description      = d.description,
        b.publisher        = d.publisher,
        b.publication_year = d.publication_year,
        b.language         = d.language,
        b.category_id      = v_category_id,
        b.cover_image_url  = d.cover_image_url,
        b.format           = d.format
    WHERE b.book_id = p_book_id;
END $$

DELIMITER ;
