-- What shops say of a book besides title, author and ISBN. All of it may be unknown.
--
-- language         a BCP 47 tag, such as en or pt-BR
-- category_id      without a foreign key, whose checks would lock the category a second time
-- cover_image_url  an https address
ALTER TABLE books
    ADD COLUMN description      VARCHAR(4000) NULL,
    ADD COLUMN publisher        VARCHAR(255)  NULL,
    ADD COLUMN publication_year SMALLINT      NULL,
    ADD COLUMN language         VARCHAR(35)   CHARACTER SET ascii COLLATE ascii_general_ci NULL,
    ADD COLUMN category_id      INT           NULL,
    ADD COLUMN cover_image_url  VARCHAR(1000) CHARACTER SET ascii COLLATE ascii_bin NULL,
    ADD COLUMN format           VARCHAR(20)   CHARACTER SET ascii COLLATE ascii_bin NULL,
    ADD CONSTRAINT books_known_format CHECK (format IN ('hardcover', 'paperback', 'ebook', 'audiobook'));

-- The categories that books have, or had. The collation folds case and accents: a category has one spelling.
--
-- books  how many books on sale have it. The procedures that change books keep it, count_categories counts again.
CREATE TABLE categories (
    category_id INT          NOT NULL AUTO_INCREMENT,
    name        VARCHAR(100) NOT NULL,
    books       INT          NOT NULL DEFAULT 0,
    PRIMARY KEY (category_id),
    CONSTRAINT categories_name UNIQUE (name),
    KEY categories_by_books (books, name)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- The first page of a category costs the same however many books the shop has.
CREATE INDEX books_by_category_title ON books (category_id, deleted_at, title, book_id);
CREATE INDEX books_by_category_price ON books (category_id, deleted_at, price, book_id);

-- 0 for none. A search in a category looks up the word and the category at once.
ALTER TABLE book_words
    ADD COLUMN category_id INT NOT NULL DEFAULT 0,
    ADD KEY book_words_by_category (word_id, category_id, book_id);
