-- isbn_of: the book on sale that has the ISBN of this line, which is another one's. It has to get another ISBN in the same file.
ALTER TABLE book_import_lines
    ADD COLUMN isbn_of INT NULL,
    ADD KEY book_import_lines_by_isbn_of (import_id, isbn_of);
