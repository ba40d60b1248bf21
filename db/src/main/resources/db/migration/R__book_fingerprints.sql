-- The books on sale with a fingerprint of all that staff edit: equal fingerprints, equal fields. The stock is not part of it.
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY INVOKER VIEW book_fingerprints AS
SELECT b.book_id,
       b.title,
       b.author,
       b.isbn,
       b.price,
       b.stock_quantity,
       b.description,
       b.publisher,
       b.publication_year,
       b.language,
       c.name AS category,
       b.category_id,
       b.cover_image_url,
       b.format,
       CONVERT(SHA2(JSON_ARRAY(b.title, b.author, b.isbn, b.price, b.description, b.publisher, b.publication_year, b.language, c.name,
                       b.cover_image_url, b.format), 256) USING ascii) COLLATE ascii_bin AS fingerprint
FROM books AS b
     LEFT JOIN categories AS c ON c.category_id = b.category_id
WHERE b.deleted_at IS NULL;
