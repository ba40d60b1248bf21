-- The bookstore as it began: four tables, exactly as the first shop had them.
-- A shop that already has these tables is taken over at this version, with its rows.

CREATE TABLE books (
    book_id        INT            NOT NULL AUTO_INCREMENT,
    title          VARCHAR(255)   NOT NULL,
    price          DECIMAL(10, 2) NOT NULL,
    stock_quantity INT            NOT NULL,
    PRIMARY KEY (book_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE orders (
    order_id       INT                           NOT NULL AUTO_INCREMENT,
    user_email     VARCHAR(255)                  NOT NULL,
    order_date     TIMESTAMP                     DEFAULT CURRENT_TIMESTAMP,
    payment_status ENUM ('pending', 'completed') NOT NULL,
    total_amount   DECIMAL(10, 2)                NOT NULL,
    PRIMARY KEY (order_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE order_items (
    order_item_id INT NOT NULL AUTO_INCREMENT,
    order_id      INT NOT NULL,
    book_id       INT NOT NULL,
    quantity      INT NOT NULL,
    PRIMARY KEY (order_item_id),
    FOREIGN KEY (order_id) REFERENCES orders (order_id),
    FOREIGN KEY (book_id) REFERENCES books (book_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE payments (
    payment_id     INT                           NOT NULL AUTO_INCREMENT,
    order_id       INT                           NOT NULL,
    payment_amount DECIMAL(10, 2)                NOT NULL,
    payment_status ENUM ('pending', 'completed') NOT NULL,
    PRIMARY KEY (payment_id),
    FOREIGN KEY (order_id) REFERENCES orders (order_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
