-- Files of books that staff send in parts, look at, and apply as a whole. They are deleted a day later.
--
-- import_id   what the client calls the file
-- actor       who sent it: nobody else sees it
-- applied_at  NULL until it is applied; outcome has the counts since then
CREATE TABLE book_imports (
    import_id  VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    actor      VARCHAR(255) NOT NULL,
    created_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    applied_at TIMESTAMP(3) NULL,
    outcome    VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NULL,
    PRIMARY KEY (import_id),
    KEY book_imports_by_age (created_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- The lines of a file, as they would be stored, each compared with its book when it came.
--
-- line          where it begins in the file
-- result        new, changed, unchanged or wrong
-- fingerprint   of the book as it was then (book_fingerprints): what was changed in the meantime is not overwritten
-- stock         the stock that the file says: the first copies of a new book, and what a count of another one is compared with
-- counted       the copies that staff counted, or NULL
-- stock_change  what the count adds to the stock
-- new_words     whether the book is found by other words or in another category afterwards
-- errors        [{"field", "message"}], or NULL
CREATE TABLE book_import_lines (
    import_id        VARCHAR(64)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    line             INT            NOT NULL,
    result           VARCHAR(10)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    book_id          INT            NULL,
    fingerprint      CHAR(64)       CHARACTER SET ascii COLLATE ascii_bin NULL,
    title            VARCHAR(255)   NULL,
    author           VARCHAR(255)   NULL,
    isbn             VARCHAR(13)    CHARACTER SET ascii COLLATE ascii_bin NULL,
    price            DECIMAL(10, 2) NULL,
    description      VARCHAR(4000)  NULL,
    publisher        VARCHAR(255)   NULL,
    publication_year SMALLINT       NULL,
    language         VARCHAR(35)    CHARACTER SET ascii COLLATE ascii_general_ci NULL,
    category         VARCHAR(100)   NULL,
    cover_image_url  VARCHAR(1000)  CHARACTER SET ascii COLLATE ascii_bin NULL,
    format           VARCHAR(20)    CHARACTER SET ascii COLLATE ascii_bin NULL,
    stock            INT            NULL,
    counted          INT            NULL,
    stock_change     INT            NOT NULL DEFAULT 0,
    new_words        BOOLEAN        NOT NULL DEFAULT FALSE,
    errors           JSON           NULL,
    PRIMARY KEY (import_id, line),
    KEY book_import_lines_by_result (import_id, result, line),
    KEY book_import_lines_by_book (import_id, book_id, line),
    KEY book_import_lines_by_isbn (import_id, isbn, line)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
