-- Where an order is delivered, as the customer wrote it then: {"name","lines":[..],"postalCode","city","country"}. NULL in orders without an
-- address, and in all that are older than this migration.
ALTER TABLE orders
    ADD COLUMN delivery_address JSON NULL;
