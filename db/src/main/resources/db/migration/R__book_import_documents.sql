-- The lines of imports, each as the JSON document of the preview. Differences are those to the book as it is now.
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY INVOKER VIEW book_import_documents AS
SELECT l.import_id,
       l.line,
       l.result,
       JSON_OBJECT('line', l.line,
                   'result', l.result,
                   'bookId', l.book_id,
                   'title', l.title,
                   'changes', JSON_EXTRACT(CONCAT('[', IF(l.result <> 'changed' OR b.book_id IS NULL, '', CONCAT_WS(',',
                       IF(BINARY l.title <=> BINARY b.title, NULL, JSON_OBJECT('field', 'title', 'before', b.title, 'after', l.title)),
                       IF(BINARY l.author <=> BINARY b.author, NULL, JSON_OBJECT('field', 'author', 'before', b.author, 'after', l.author)),
                       IF(l.isbn <=> b.isbn, NULL, JSON_OBJECT('field', 'isbn', 'before', b.isbn, 'after', l.isbn)),
                       IF(l.price <=> b.price, NULL,
                          JSON_OBJECT('field', 'price', 'before', CAST(b.price AS CHAR), 'after', CAST(l.price AS CHAR))),
                       IF(l.stock_change = 0, NULL,
                          JSON_OBJECT('field', 'counted', 'before', CAST(l.stock AS CHAR), 'after', CAST(l.counted AS CHAR))),
                       IF(BINARY l.publisher <=> BINARY b.publisher, NULL,
                          JSON_OBJECT('field', 'publisher', 'before', b.publisher, 'after', l.publisher)),
                       IF(l.publication_year <=> b.publication_year, NULL,
                          JSON_OBJECT('field', 'publicationYear', 'before', CAST(b.publication_year AS CHAR),
                                      'after', CAST(l.publication_year AS CHAR))),
                       IF(l.language <=> b.language, NULL, JSON_OBJECT('field', 'language', 'before', b.language, 'after', l.language)),
                       IF(l.category <=> c.name, NULL, JSON_OBJECT('field', 'category', 'before', c.name, 'after', l.category)),
                       IF(l.cover_image_url <=> b.cover_image_url, NULL,
                          JSON_OBJECT('field', 'coverImageUrl', 'before', b.cover_image_url, 'after', l.cover_image_url)),
                       IF(l.format <=> b.format, NULL, JSON_OBJECT('field', 'format', 'before', b.format, 'after', l.format)),
                       IF(BINARY l.description <=> BINARY b.description, NULL,
                          JSON_OBJECT('field', 'description', 'before', b.description, 'after', l.description)))), ']'), '$'),
                   'errors', JSON_EXTRACT(COALESCE(l.errors, '[]'), '$')) AS document
FROM book_import_lines AS l
     LEFT JOIN books AS b ON b.book_id = l.book_id AND b.deleted_at IS NULL
     LEFT JOIN categories AS c ON c.category_id = b.category_id;
