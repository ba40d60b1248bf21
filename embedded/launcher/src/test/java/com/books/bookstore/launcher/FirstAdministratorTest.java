package com.books.bookstore.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.embedded.StartException;
import com.books.bookstore.identity.kernel.KernelOptions;
import com.books.bookstore.identity.kernel.PasswordPolicy;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstAdministratorTest {

    private static final PasswordPolicy POLICY = new PasswordPolicy(8);

    @TempDir
    private Path directory;

    @Test
    void aPasswordIsMadeUpOnceAndOnlyWhenItIsNeeded() {
        FirstAdministrator first = FirstAdministrator.of(Map.of(), POLICY, directory);
        assertThat(first.passwordFile()).isEmpty();

        String password = first.forKernel().password().get();

        assertThat(POLICY.accepts(password)).isTrue();
        assertThat(password).hasSizeGreaterThan(30);
        assertThat(first.passwordFile()).get().asString().endsWith("first-administrator.password");
        assertThat(FirstAdministrator.of(Map.of(), POLICY, directory)
                        .forKernel()
                        .password()
                        .get())
                .isEqualTo(password);
    }

    @Test
    void theEnvironmentNamesTheAdministrator() {
        KernelOptions.Administrator administrator = FirstAdministrator.of(
                        Map.of(
                                "BOOKSTORE_FIRST_ADMIN",
                                "ada",
                                "BOOKSTORE_FIRST_ADMIN_PASSWORD",
                                "Only-ada-knows-1",
                                "BOOKSTORE_ADMIN_MAIL",
                                "ada@example.com, desk@example.com"),
                        POLICY,
                        directory)
                .forKernel();

        assertThat(administrator.userName()).isEqualTo("ada");
        assertThat(administrator.mail()).isEqualTo("ada@example.com");
        assertThat(administrator.password().get()).isEqualTo("Only-ada-knows-1");
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BOOKSTORE_FIRST_ADMIN_PASSWORD", "BOOKSTORE_IDENTITY_ADMIN_PASSWORD"})
    void thePasswordOfTheDemoUsersIsRefused(String variable) {
        assertThatThrownBy(() ->
                        FirstAdministrator.of(Map.of(variable, EmbeddedIdentity.DEMO_PASSWORD), POLICY, directory))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith(variable);
    }

    @Test
    void whatTheUserStoreWouldNotTakeIsRefusedWithoutBeingRepeated() {
        assertThatThrownBy(() -> FirstAdministrator.of(
                        Map.of("BOOKSTORE_FIRST_ADMIN_PASSWORD", "lowercase-only"), POLICY, directory))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("BOOKSTORE_FIRST_ADMIN_PASSWORD ")
                .hasMessageContaining("8 to 64 characters")
                .hasMessageNotContaining("lowercase-only");
        assertThatThrownBy(() -> FirstAdministrator.of(Map.of("BOOKSTORE_FIRST_ADMIN", "a/b"), POLICY, directory))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("BOOKSTORE_FIRST_ADMIN ");
    }
}
