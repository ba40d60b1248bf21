-- FORCE: what V66 has made longer is packed again.
ALTER TABLE book_words FORCE, ADD KEY book_words_by_title (word_id, title, book_id, category_id);
