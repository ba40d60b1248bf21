-- In transactions of 2,000 books, some 20,000 rows.
DELIMITER $$

DROP PROCEDURE IF EXISTS fill_titles_of_book_words $$

CREATE PROCEDURE fill_titles_of_book_words()
    MODIFIES SQL DATA
    SQL SECURITY INVOKER
BEGIN
    DECLARE v_first INT DEFAULT 1;
    DECLARE v_last INT DEFAULT (SELECT MAX(book_id) FROM books);

    SET SESSION group_concat_max_len = 1000000;
    WHILE v_first <= v_last DO
        UPDATE books AS b STRAIGHT_JOIN book_words AS w FORCE INDEX (book_words_by_book) ON w.book_id = b.book_id
        SET w.title = b.title
        WHERE b.book_id BETWEEN v_first AND v_first + 1999;
        REPLACE INTO book_word_lists (book_id, words)
        SELECT w.book_id, CONCAT(',', GROUP_CONCAT(w.word_id), ',')
        FROM book_words AS w FORCE INDEX (book_words_by_book)
        WHERE w.book_id BETWEEN v_first AND v_first + 1999
        GROUP BY w.book_id;
        COMMIT;
        SET v_first = v_first + 2000;
    END WHILE;
END $$

DELIMITER ;

CALL fill_titles_of_book_words();

DROP PROCEDURE fill_titles_of_book_words;
