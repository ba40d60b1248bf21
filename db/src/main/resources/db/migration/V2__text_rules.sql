-- Titles in any script, and e-mail addresses compared exactly.
--
-- A shop taken over from an older database may have tables in another character set.
ALTER TABLE books CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
ALTER TABLE order_items CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
ALTER TABLE payments CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
ALTER TABLE orders CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- An order belongs to an e-mail address. A collation that ignores accents would show
-- the orders of jose@books.com to josé@books.com.
ALTER TABLE orders
    MODIFY user_email VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL;

-- Every caller asks with a lower-case address; older rows are to be found in the same way.
UPDATE orders SET user_email = LOWER(user_email);
