package com.books.bookstore.identity.oauth.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.identity.oauth.settings.ServerSettings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessLevelsTest {

    private final AccessLevels table = AccessLevels.load();

    @Test
    void each_role_holds_the_scopes_of_the_table() {
        assertThat(table.audience()).isEqualTo("bookstore-api");
        assertThat(table.scopesOf(List.of("bookstore-customer")))
                .containsExactlyInAnyOrder("orders:create", "orders:read");
        assertThat(table.scopesOf(List.of("bookstore-staff")))
                .containsExactlyInAnyOrder("inventory:write", "orders:read", "orders:read_all", "orders:process");
    }

    @Test
    void an_admin_holds_all_that_staff_holds_and_what_only_administrators_may_do() {
        assertThat(table.scopesOf(List.of("bookstore-admin")))
                .containsAll(table.scopesOf(List.of("bookstore-staff")))
                .contains("registrations:approve", "reports:read", "prices:manage", "mails:manage")
                .hasSize(table.scopesOf(List.of("bookstore-staff")).size() + 4);
    }

    @Test
    void several_roles_add_up_and_unknown_ones_hold_nothing() {
        assertThat(table.scopesOf(List.of("bookstore-customer", "bookstore-staff")))
                .contains("orders:create", "inventory:write");
        assertThat(table.scopesOf(List.of("Internal/everyone", "BOOKSTORE-ADMIN")))
                .isEmpty();
    }

    @Test
    void every_scope_and_role_is_described_and_every_scope_but_that_of_an_application_is_held_by_someone() {
        assertThat(table.scopes().values())
                .allSatisfy(description -> assertThat(description).isNotBlank());
        assertThat(table.roles().values())
                .allSatisfy(role -> assertThat(role.description()).isNotBlank());
        Set<String> ofApplications = new LinkedHashSet<>(table.scopes().keySet());
        ofApplications.removeAll(table.scopesOfUsers());
        assertThat(ofApplications).isEqualTo(ServerSettings.EMAIL_SCOPES);
    }

    @Test
    void a_role_that_names_an_unknown_scope_or_role_is_refused() {
        assertThatThrownBy(() ->
                        new AccessLevels("a", Map.of(), Map.of("r", new AccessLevels.Role("", null, List.of("x")))))
                .hasMessageContaining("unknown scope x");
        assertThatThrownBy(() ->
                        new AccessLevels("a", Map.of(), Map.of("r", new AccessLevels.Role("", List.of("q"), null))))
                .hasMessageContaining("unknown role q");
    }

    @Test
    void roles_that_include_each_other_come_to_an_end() {
        AccessLevels circle = new AccessLevels(
                "a",
                Map.of("s", "x"),
                Map.of(
                        "one", new AccessLevels.Role("", List.of("two"), List.of()),
                        "two", new AccessLevels.Role("", List.of("one"), List.of("s"))));

        assertThat(circle.scopesOf(List.of("one"))).containsExactly("s");
    }
}
