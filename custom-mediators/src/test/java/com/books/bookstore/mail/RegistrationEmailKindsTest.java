package com.books.bookstore.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kinds of emails about registrations have the same names on both sides: the identity server gives up an email of a kind that is refused. */
class RegistrationEmailKindsTest {

    private static final Pattern KIND = Pattern.compile("\\bregistration_[a-z_]+");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scim-workflows/extension/src/main/java/com/books/bookstore/identity/registration/mail/MailKind.java",
                "sequences/src/main/wso2mi/resources/api-definitions/MailAPI.yaml",
                "sequences/src/main/wso2mi/resources/api-definitions/ReportAPI.yaml",
                "db/src/main/resources/db/migration/V58__registration_emails_of_the_identity_server.sql",
                "db/src/main/resources/db/migration/R__purge_registration_emails.sql"
            })
    void areThoseOf(String file) throws IOException {
        String text = Files.readString(Path.of("..").resolve(file));
        Set<String> named = KIND.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
        assertThat(named).isEqualTo(RegistrationEmail.KINDS);
    }
}
