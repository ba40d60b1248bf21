-- The words by which books on sale are found, in title and author. The collation folds case and accents. index_books fills these tables.
CREATE TABLE search_words (
    word_id INT         NOT NULL AUTO_INCREMENT,
    word    VARCHAR(64) NOT NULL,
    PRIMARY KEY (word_id),
    CONSTRAINT search_words_word UNIQUE (word)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- What a word ends with, from its second character on: an index answers "contains" as "an end begins with".
CREATE TABLE search_word_ends (
    word_end VARCHAR(64) NOT NULL,
    word_id  INT         NOT NULL,
    PRIMARY KEY (word_end, word_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- A word, and the word with one character left out. Two words that differ by a slip of the keyboard have one of them in common.
CREATE TABLE search_word_slips (
    slip    VARCHAR(64) NOT NULL,
    word_id INT         NOT NULL,
    PRIMARY KEY (slip, word_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE book_words (
    word_id INT NOT NULL,
    book_id INT NOT NULL,
    PRIMARY KEY (word_id, book_id),
    KEY book_words_by_book (book_id, word_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- 1 to 64: the characters of a word.
CREATE TABLE search_positions (
    position INT NOT NULL,
    PRIMARY KEY (position)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

INSERT INTO search_positions (position)
WITH RECURSIVE positions (position) AS (SELECT 1 UNION ALL SELECT position + 1 FROM positions WHERE position < 64)
SELECT position FROM positions;
