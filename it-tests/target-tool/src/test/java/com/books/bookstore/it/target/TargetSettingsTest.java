package com.books.bookstore.it.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.it.support.Checkout;
import com.books.bookstore.it.support.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetSettingsTest {

    @TempDir
    private Path directory;

    private final Map<String, String> environment = Map.of(
            "BOOKSTORE_TARGET_CLIENT_SECRET",
            "from the environment",
            "ELSEWHERE",
            "from elsewhere",
            "BOOKSTORE_TARGET_CLIENT_ID",
            "from the environment");

    @Test
    void anOptionComesBeforeTheFileAndTheFileBeforeTheEnvironment() throws IOException {
        TargetSettings settings = of("client.id = from the file\nsign-in = password\n", Map.of("sign-in", "form"));
        assertThat(settings.value("sign-in")).contains("form");
        assertThat(settings.value("client.id")).contains("from the file");
        assertThat(settings.value("client.secret")).contains("from the environment");
        assertThat(settings.value("identity")).isEmpty();
    }

    @Test
    void secretsMayBeInTheEnvironmentOrInAFileOfTheirOwn() throws IOException {
        Files.writeString(directory.resolve("secret"), "in a file\n");
        TargetSettings settings = of(
                "customer.password = env:ELSEWHERE\nstaff.password = file:secret\nadmin.password = env:NOWHERE\n"
                        + "reader.password = file:nowhere\n",
                Map.of());
        assertThat(settings.value("customer.password")).contains("from elsewhere");
        assertThat(settings.value("staff.password")).contains("in a file");
        assertThatThrownBy(() -> settings.value("admin.password"))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining("NOWHERE, which is not set");
        assertThatThrownBy(() -> settings.value("reader.password"))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void whatIsMissingIsSaidWithTheWaysToGiveIt() throws IOException {
        TargetSettings settings = of("", Map.of());
        assertThatThrownBy(() -> settings.required("staff.password", "the password of staff"))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining("staff.password")
                .hasMessageContaining("BOOKSTORE_TARGET_STAFF_PASSWORD");
    }

    @Test
    void aSettingThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> of("clientid = x\ncustomer.pasword = y\n", Map.of()))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining("clientid, customer.pasword")
                .hasMessageNotContaining(" y");
        assertThatThrownBy(() ->
                        TargetSettings.of(directory.resolve("none").toString(), Map.of(), directory, environment::get))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining("none");
    }

    /** Copied, uncommented and filled in, the template holds nothing that is unknown, and every setting that there is. */
    @Test
    void theTemplateNamesEverySetting() throws IOException {
        String template = Files.readString(Checkout.DIRECTORY.resolve("deployment/target.properties"));
        String uncommented = template.replaceAll("(?m)^# ([\\w.-]+ = )", "$1");
        Path file = Files.writeString(directory.resolve("filled-in-target.properties"), uncommented);
        TargetSettings.of(file.toString(), Map.of(), directory, environment::get);
        Properties properties = new Properties();
        properties.load(Files.newBufferedReader(file));
        List<String> roles = Arrays.stream(User.values()).map(User::login).toList();
        assertThat(TargetSettings.NAMES)
                .allMatch(name -> name.equals("token.url")
                        || roles.stream().anyMatch(role -> properties.containsKey(name.replace("*", role))));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost,true",
        "127.0.0.1,true",
        "10.1.2.3,true",
        "192.168.1.7,true",
        "mi.test.invalid,true",
        "books-staging.invalid,true",
        "8.8.8.8,false",
        "api.latest.invalid2,false",
        "contest.nowhere2,false"
    })
    void someHostsAreForTests(String host, boolean expected) {
        assertThat(TargetPreflight.isForTests(host)).isEqualTo(expected);
    }

    private TargetSettings of(String file, Map<String, String> options) throws IOException {
        Path path = Files.writeString(directory.resolve("a-target.properties"), "api = http://localhost:8290\n" + file);
        return TargetSettings.of(path.toString(), options, directory, environment::get);
    }
}
