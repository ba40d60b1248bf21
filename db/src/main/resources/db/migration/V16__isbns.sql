-- ISBNs have one form, the 13 digits, and a book on sale has an ISBN of its own. Older texts that are no ISBN, and ISBNs that an older book
-- on sale has already, move to isbn_review, so that staff can correct them.
--
-- reason  invalid: not 10 or 13 digits with a correct check digit; duplicate: of a book on sale with a lower number
CREATE TABLE isbn_review (
    book_id INT         NOT NULL,
    isbn    VARCHAR(20) NOT NULL,
    reason  VARCHAR(20) NOT NULL,
    PRIMARY KEY (book_id),
    CONSTRAINT isbn_review_book FOREIGN KEY (book_id) REFERENCES books (book_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- d13 and d10 hold digits in any case, because a server may compute the sums of texts that are none: such a text becomes a wrong number.
INSERT INTO isbn_review (book_id, isbn, reason)
SELECT f.book_id, f.isbn, 'invalid'
FROM (SELECT p.book_id,
             p.isbn,
             IF(p.plain REGEXP '^97[89][0-9]{10}$', p.plain, '0000000000001') AS d13,
             IF(p.plain REGEXP '^[0-9]{9}[0-9X]$', p.plain, '0000000001') AS d10
      FROM (SELECT book_id, isbn, UPPER(REPLACE(REPLACE(isbn, '-', ''), ' ', '')) AS plain FROM books WHERE isbn IS NOT NULL) AS p) AS f
WHERE MOD(SUBSTRING(f.d13, 1, 1) + 3 * SUBSTRING(f.d13, 2, 1) + SUBSTRING(f.d13, 3, 1) + 3 * SUBSTRING(f.d13, 4, 1)
          + SUBSTRING(f.d13, 5, 1) + 3 * SUBSTRING(f.d13, 6, 1) + SUBSTRING(f.d13, 7, 1) + 3 * SUBSTRING(f.d13, 8, 1)
          + SUBSTRING(f.d13, 9, 1) + 3 * SUBSTRING(f.d13, 10, 1) + SUBSTRING(f.d13, 11, 1) + 3 * SUBSTRING(f.d13, 12, 1)
          + SUBSTRING(f.d13, 13, 1), 10) <> 0
  AND MOD(10 * SUBSTRING(f.d10, 1, 1) + 9 * SUBSTRING(f.d10, 2, 1) + 8 * SUBSTRING(f.d10, 3, 1)
          + 7 * SUBSTRING(f.d10, 4, 1) + 6 * SUBSTRING(f.d10, 5, 1) + 5 * SUBSTRING(f.d10, 6, 1)
          + 4 * SUBSTRING(f.d10, 7, 1) + 3 * SUBSTRING(f.d10, 8, 1) + 2 * SUBSTRING(f.d10, 9, 1)
          + IF(SUBSTRING(f.d10, 10, 1) = 'X', 10, SUBSTRING(f.d10, 10, 1)), 11) <> 0;

UPDATE books AS b JOIN isbn_review AS r ON r.book_id = b.book_id
SET b.isbn = NULL, b.version = b.version + 1;

UPDATE books
SET isbn = UPPER(REPLACE(REPLACE(isbn, '-', ''), ' ', '')), version = version + 1
WHERE isbn LIKE '%-%' OR isbn LIKE '% %' OR isbn LIKE '%x';

UPDATE books
SET isbn = CONCAT('978', LEFT(isbn, 9),
                  MOD(10 - MOD(38 + 3 * SUBSTRING(isbn, 1, 1) + SUBSTRING(isbn, 2, 1) + 3 * SUBSTRING(isbn, 3, 1) + SUBSTRING(isbn, 4, 1)
                               + 3 * SUBSTRING(isbn, 5, 1) + SUBSTRING(isbn, 6, 1) + 3 * SUBSTRING(isbn, 7, 1) + SUBSTRING(isbn, 8, 1)
                               + 3 * SUBSTRING(isbn, 9, 1), 10), 10)),
    version = version + 1
WHERE CHAR_LENGTH(isbn) = 10;

INSERT INTO isbn_review (book_id, isbn, reason)
SELECT b.book_id, b.isbn, 'duplicate'
FROM books AS b
     JOIN (SELECT isbn, MIN(book_id) AS first_book
           FROM books WHERE deleted_at IS NULL AND isbn IS NOT NULL GROUP BY isbn HAVING COUNT(*) > 1) AS d ON d.isbn = b.isbn
WHERE b.deleted_at IS NULL AND b.book_id <> d.first_book;

UPDATE books AS b JOIN isbn_review AS r ON r.book_id = b.book_id AND r.reason = 'duplicate'
SET b.isbn = NULL, b.version = b.version + 1;

ALTER TABLE books
    MODIFY isbn VARCHAR(13) CHARACTER SET ascii COLLATE ascii_bin NULL;

-- A deleted book gives its ISBN back.
ALTER TABLE books
    ADD COLUMN isbn_on_sale VARCHAR(13) CHARACTER SET ascii COLLATE ascii_bin
        GENERATED ALWAYS AS (IF(deleted_at IS NULL, isbn, NULL)) STORED,
    ADD CONSTRAINT books_one_per_isbn UNIQUE (isbn_on_sale);
