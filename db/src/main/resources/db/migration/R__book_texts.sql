-- The words of books, those too that are deleted, as a JSON array; see index_books.
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY INVOKER VIEW book_texts AS
SELECT b.book_id,
       COALESCE(b.category_id, 0) AS category_id,
       b.title,
       b.deleted_at,
       CONCAT('["',
              REPLACE(TRIM(REGEXP_REPLACE(
                          REGEXP_REPLACE(REPLACE(REPLACE(REPLACE(LOWER(CONCAT_WS(' ', b.title, b.author)), 'ł', 'l'), 'đ', 'd'), 'ı', 'i'),
                                         '[''’‘ʼ`´]', ''),
                          '[^\\p{L}\\p{M}\\p{N}]+', ' ')),
                      ' ', '","'),
              '"]') AS words
FROM books AS b;
