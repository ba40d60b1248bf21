package com.books.bookstore.identity.oauth.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Which role holds which scopes of the bookstore's APIs: the content of {@code apim/access-levels.yaml}. Immutable.
 *
 * @param audience what access tokens for the APIs name as their audience
 * @param scopes   every scope with its description, in the order of the file
 * @param roles    every role by name, in the order of the file
 */
public record AccessLevels(String audience, Map<String, String> scopes, Map<String, Role> roles) {

    private static final String RESOURCE = "access-levels.yaml";

    /**
     * One role as the file has it.
     *
     * @param scopes   its own scopes, without those of the roles it includes
     * @param includes roles whose scopes it holds as well
     */
    public record Role(String description, List<String> includes, List<String> scopes) {

        public Role {
            includes = includes == null ? List.of() : List.copyOf(includes);
            scopes = scopes == null ? List.of() : List.copyOf(scopes);
        }
    }

    public AccessLevels {
        scopes = new LinkedHashMap<>(scopes);
        roles = new LinkedHashMap<>(roles);
        for (Map.Entry<String, Role> role : roles.entrySet()) {
            requireKnown(role.getKey(), "scope", role.getValue().scopes(), scopes.keySet());
            requireKnown(role.getKey(), "role", role.getValue().includes(), roles.keySet());
        }
    }

    private static void requireKnown(String role, String kind, List<String> named, Set<String> known) {
        for (String name : named) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("Role " + role + " names the unknown " + kind + " " + name);
            }
        }
    }

    /** Reads the table that was packed with this class. */
    public static AccessLevels load() {
        try (InputStream table = AccessLevels.class.getResourceAsStream(RESOURCE)) {
            if (table == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the class path");
            }
            return YAMLMapper.shared().readValue(table, AccessLevels.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every scope that some role holds; others are for applications. */
    public Set<String> scopesOfUsers() {
        return scopesOf(roles.keySet());
    }

    /** Every scope that these roles hold together, in the order of the table. Unknown roles hold none. */
    public Set<String> scopesOf(Collection<String> roleNames) {
        Set<String> held = new LinkedHashSet<>();
        Set<String> visited = new LinkedHashSet<>();
        roleNames.forEach(name -> collect(name, held, visited));
        Set<String> ordered = new LinkedHashSet<>(scopes.keySet());
        ordered.retainAll(held);
        return ordered;
    }

    private void collect(String roleName, Set<String> held, Set<String> visited) {
        Role role = roles.get(roleName);
        if (role == null || !visited.add(roleName)) {
            return;
        }
        held.addAll(role.scopes());
        role.includes().forEach(included -> collect(included, held, visited));
    }
}
