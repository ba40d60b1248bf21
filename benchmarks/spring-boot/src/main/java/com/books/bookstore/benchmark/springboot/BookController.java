package com.books.bookstore.benchmark.springboot;

import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Answers a book with the document that the database's view makes, as the bookstore does. Thread-safe. */
@RestController
class BookController {

    private static final String BOOK = "SELECT version, document FROM book_documents WHERE book_id = ?";

    private final JdbcTemplate database;

    BookController(JdbcTemplate database) {
        this.database = database;
    }

    @GetMapping("/catalog/v1/books/{id}")
    ResponseEntity<String> book(@PathVariable int id) {
        List<ResponseEntity<String>> found =
                database.query(BOOK, (row, number) -> answer(row.getString(1), row.getString(2)), id);
        return found.isEmpty() ? ResponseEntity.notFound().build() : found.get(0);
    }

    private static ResponseEntity<String> answer(String version, String document) {
        return ResponseEntity.ok()
                .eTag('"' + version + '"')
                .contentType(MediaType.APPLICATION_JSON)
                .body(document);
    }
}
