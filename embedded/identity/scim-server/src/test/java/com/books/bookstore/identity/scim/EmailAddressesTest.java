package com.books.bookstore.identity.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.sql.Connection;
import java.sql.Statement;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wso2.charon3.core.exceptions.BadRequestException;
import org.wso2.charon3.core.exceptions.ConflictException;

class EmailAddressesTest {

    private static final JsonNode NONE = MissingNode.getInstance();

    private final JdbcDataSource database = new JdbcDataSource();
    private final UserDocuments documents = new UserDocuments(database);
    private final EmailAddresses addresses = new EmailAddresses(database, documents);

    @BeforeEach
    void twoUsers() throws Exception {
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        sql("CREATE TABLE UM_USER (UM_ID INTEGER, UM_USER_ID VARCHAR(255), UM_TENANT_ID INTEGER)");
        sql(
                "CREATE TABLE UM_USER_ATTRIBUTE"
                        + " (UM_ATTR_NAME VARCHAR(255), UM_ATTR_VALUE VARCHAR(1024), UM_USER_ID INTEGER, UM_TENANT_ID INTEGER)");
        sql("INSERT INTO UM_USER VALUES (1, 'one', -1234), (2, 'two', -1234)");
        sql("INSERT INTO UM_USER_ATTRIBUTE VALUES"
                + " ('mail', 'One@Example.com', 1, -1234), ('mail', 'zo\u00eb@example.com', 2, -1234)");
        documents.createTable();
        documents.put(
                "one",
                "{\"emails\":[{\"value\":\"One@Example.com\",\"primary\":true},{\"value\":\"home@example.com\"}]}");
    }

    private void sql(String statement) throws Exception {
        try (Connection connection = database.getConnection();
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    private static JsonNode emails(String... values) {
        ArrayNode emails = Messages.object().putArray("emails");
        for (String value : values) {
            emails.addObject().put("value", value);
        }
        return emails;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@x, b@y",
                "a@x;b@y",
                "a@x b@y",
                "anything",
                "a@",
                "@x.example",
                "a@b@c.example",
                "A <a@x.example>",
                "\"a b\"@x.example",
                "a..b@x.example",
                ".a@x.example",
                "a@x..example",
                "a@-x.example",
                "a@x.example\nBcc: b@y.example",
                "a@x.example\u202e",
                "a@x_y.example",
                "1234567890123456789012345678901234567890123456789012345678901234x@x.example"
            })
    @DisplayName("A value that is not one address is refused")
    void notOneAddress(String value) {
        assertThatThrownBy(() -> addresses.check(null, NONE, emails("first@x.example", value)))
                .isInstanceOf(BadRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a@x", "o'neil+books@shop.example.com", "zo\u00eb@b\u00fccher.example", "A_1%2@x-y.example"})
    @DisplayName("One address is accepted")
    void oneAddress(String value) {
        assertThatCode(() -> addresses.check(null, NONE, emails(value))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "One@Example.com",
                "one@example.COM",
                "zo\u00eb@example.com",
                "ZOE\u0308@example.com",
                "HOME@example.com"
            })
    @DisplayName("An address of another user is a conflict, in other letters and other Unicode forms, too")
    void inUse(String value) {
        assertThatThrownBy(() -> addresses.check(null, NONE, emails("free@example.com", value)))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    @DisplayName("The addresses that a user has already are kept, even those that would be refused now")
    void own() {
        assertThatCode(() -> addresses.check("one", emails("One@Example.com"), emails("ONE@example.com")))
                .doesNotThrowAnyException();
        assertThatCode(() -> addresses.check("two", emails("two", "old"), emails("two", "old", "new@example.com")))
                .doesNotThrowAnyException();
    }

    @Test
    @DisplayName("An address that becomes the one that counts is looked at again")
    void becomesPrimary() {
        assertThatThrownBy(() -> addresses.check(
                        "two", emails("zo\u00eb@example.com", "one@example.com"), emails("one@example.com")))
                .isInstanceOf(ConflictException.class);
        assertThat(EmailAddresses.isAddress("one@example.com")).isTrue();
    }
}
