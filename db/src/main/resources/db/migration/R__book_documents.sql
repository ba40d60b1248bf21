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
                   'stockQuantity', b.stock_quantity) AS document
FROM books b
WHERE b.deleted_at IS NULL;
