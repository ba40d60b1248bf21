-- Writes down the words of the books p_first to p_last, in place of those written down before. They become former words, which are all that a
-- deleted book has: orders are found by them. Part of the caller's transaction; call it after writing to books without a procedure of this
-- schema.
--
-- Words are letters and digits. Apostrophes are left out ("handmaid's" is handmaids); everything else separates words.
-- custom-mediators' SearchText does the same to what is searched for.
DELIMITER $$

DROP PROCEDURE IF EXISTS index_books $$

CREATE PROCEDURE index_books(IN p_first INT, IN p_last INT)
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_known_words INT DEFAULT (SELECT COALESCE(MAX(word_id), 0) FROM search_words);

    INSERT IGNORE INTO former_book_words (word_id, book_id)
    SELECT word_id, book_id FROM book_words WHERE book_id BETWEEN p_first AND p_last;

    DELETE FROM book_words WHERE book_id BETWEEN p_first AND p_last;

    INSERT IGNORE INTO search_words (word)
    SELECT DISTINCT t.word
    FROM (SELECT LEFT(j.word, 64) AS word
          FROM book_texts AS b
               JOIN JSON_TABLE(JSON_EXTRACT(b.words, '$'), '$[*]' COLUMNS (word VARCHAR(512) CHARACTER SET utf8mb4 PATH '$')) AS j
          WHERE b.book_id BETWEEN p_first AND p_last) AS t
    WHERE t.word <> '' AND NOT EXISTS (SELECT 1 FROM search_words AS w WHERE w.word = CONVERT(t.word USING utf8mb4) COLLATE utf8mb4_unicode_ci)
    ORDER BY t.word;

    INSERT IGNORE INTO search_word_ends (word_end, word_id)
    SELECT SUBSTRING(w.word, p.position), w.word_id
    FROM search_words AS w JOIN search_positions AS p ON p.position BETWEEN 2 AND CHAR_LENGTH(w.word) - 1
    WHERE w.word_id > v_known_words;

    INSERT IGNORE INTO search_word_slips (slip, word_id)
    SELECT CONCAT(LEFT(w.word, p.position - 1), SUBSTRING(w.word, p.position + 1)), w.word_id
    FROM search_words AS w JOIN search_positions AS p ON p.position <= CHAR_LENGTH(w.word) + 1
    WHERE w.word_id > v_known_words AND CHAR_LENGTH(w.word) BETWEEN 4 AND 24 AND w.word NOT REGEXP '[0-9]';

    INSERT IGNORE INTO book_words (word_id, book_id, category_id, title)
    SELECT w.word_id, b.book_id, b.category_id, b.title
    FROM book_texts AS b
         JOIN JSON_TABLE(JSON_EXTRACT(b.words, '$'), '$[*]' COLUMNS (word VARCHAR(512) CHARACTER SET utf8mb4 PATH '$')) AS j
         JOIN search_words AS w ON w.word = CONVERT(LEFT(j.word, 64) USING utf8mb4) COLLATE utf8mb4_unicode_ci
    WHERE b.book_id BETWEEN p_first AND p_last AND b.deleted_at IS NULL;

    -- That of a deleted book stays: nothing reads it.
    SET SESSION group_concat_max_len = 1000000;
    INSERT INTO book_word_lists (book_id, words)
    SELECT w.book_id, CONCAT(',', GROUP_CONCAT(w.word_id), ',')
    FROM book_words AS w FORCE INDEX (book_words_by_book)
    WHERE w.book_id BETWEEN p_first AND p_last
    GROUP BY w.book_id
    ON DUPLICATE KEY UPDATE words = VALUES(words);

    INSERT IGNORE INTO former_book_words (word_id, book_id)
    SELECT w.word_id, b.book_id
    FROM book_texts AS b
         JOIN JSON_TABLE(JSON_EXTRACT(b.words, '$'), '$[*]' COLUMNS (word VARCHAR(512) CHARACTER SET utf8mb4 PATH '$')) AS j
         JOIN search_words AS w ON w.word = CONVERT(LEFT(j.word, 64) USING utf8mb4) COLLATE utf8mb4_unicode_ci
    WHERE b.book_id BETWEEN p_first AND p_last AND b.deleted_at IS NOT NULL;
END $$

-- Writes down the words of books that have none, in transactions of 5,000 books; then of those that an older version has written down, without
-- titles, during an upgrade or after a rollback.
DROP PROCEDURE IF EXISTS index_missing_books $$

CREATE PROCEDURE index_missing_books()
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_first INT DEFAULT 0;
    DECLARE v_last INT;

    REPEAT
        SET v_first = (SELECT MIN(b.book_id)
                       FROM books AS b
                       WHERE b.book_id > v_first
                         AND NOT EXISTS (SELECT 1 FROM book_words AS w WHERE w.book_id = b.book_id)
                         AND NOT EXISTS (SELECT 1 FROM former_book_words AS f WHERE f.book_id = b.book_id));
        IF v_first IS NOT NULL THEN
            SET v_last = (SELECT MAX(b.book_id) FROM (SELECT book_id FROM books WHERE book_id >= v_first ORDER BY book_id LIMIT 5000) AS b);
            CALL index_books(v_first, v_last);
            COMMIT;
            SET v_first = v_last;
        END IF;
    UNTIL v_first IS NULL END REPEAT;

    SET v_last = 0;
    REPEAT
        SET v_first = (SELECT MIN(w.book_id)
                       FROM search_words AS s STRAIGHT_JOIN book_words AS w FORCE INDEX (book_words_by_title) ON w.word_id = s.word_id
                       WHERE w.title = '' AND w.book_id > v_last);
        IF v_first IS NOT NULL THEN
            CALL index_books(v_first, v_first);
            COMMIT;
            SET v_last = v_first;
        END IF;
    UNTIL v_first IS NULL END REPEAT;
END $$

DELIMITER ;

CALL index_missing_books();
