-- The books on sale, each as the JSON document that the catalogue shows.
-- The columns beside the document are for searching and sorting.
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY INVOKER VIEW book_documents AS
SELECT b.book_id,
       b.title,
       b.author,
       b.price,
       b.version,
       JSON_OBJECT('bookId', b.book_id,
                   'title', b.title,
                   'author', b.author,
                   'isbn', b.isbn,
                   'price', b.price,
                   'stockQuantity', b.stock_quantity,
                   'description', b.description,
                   'publisher', b.publisher,
                   'publicationYear', b.publication_year,
                   'language', b.language,
                   'category', c.name,
                   'coverImageUrl', b.cover_image_url,
                   'format', b.format) AS document
FROM books b
     LEFT JOIN categories c ON c.category_id = b.category_id
WHERE b.deleted_at IS NULL;
