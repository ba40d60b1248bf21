-- The title of the book, so that the books of a word have an index in the order of a page. index_books writes both; V66 for what is there already.
ALTER TABLE book_words ADD COLUMN title VARCHAR(255) NOT NULL DEFAULT '';

-- The numbers of all words of a book on sale, such as ,3,17, so that one look-up tests a book for several words.
CREATE TABLE book_word_lists (
    book_id INT           NOT NULL,
    words   VARCHAR(3000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (book_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
