-- The words of the index (search_words) that p_word finds: their numbers as lists such as 3,17 for an SQL IN, 0 if there are none.
-- p_whole: the word itself; p_starts: those that begin with it; p_parts: those that have it elsewhere, if it has three characters at least.
-- At most 5,000 of each. It locks and changes nothing.
DELIMITER $$

DROP PROCEDURE IF EXISTS find_words $$

CREATE PROCEDURE find_words(
    IN p_word VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    OUT p_whole LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    OUT p_starts LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
    OUT p_parts LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci)
    READS SQL DATA
    SQL SECURITY INVOKER
BEGIN
    -- The highest character: no word goes on with it.
    DECLARE v_end VARCHAR(65) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci DEFAULT CONCAT(p_word, _utf8mb4 0xF48FBFBD);

    SET SESSION group_concat_max_len = 1000000;
    SELECT COALESCE(GROUP_CONCAT(w.word_id), '0') INTO p_whole FROM search_words AS w WHERE w.word = p_word;
    SELECT COALESCE(GROUP_CONCAT(w.word_id), '0')
    INTO p_starts
    FROM (SELECT s.word_id FROM search_words AS s WHERE s.word > p_word AND s.word < v_end LIMIT 5000) AS w;
    SET p_parts = '0';
    IF CHAR_LENGTH(p_word) > 2 THEN
        SELECT COALESCE(GROUP_CONCAT(w.word_id), '0')
        INTO p_parts
        FROM (SELECT DISTINCT e.word_id FROM search_word_ends AS e WHERE e.word_end >= p_word AND e.word_end < v_end LIMIT 5000) AS w;
    END IF;
END $$

DELIMITER ;
