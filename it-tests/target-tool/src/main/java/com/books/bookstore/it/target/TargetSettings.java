package com.books.bookstore.it.target;

import com.books.bookstore.it.support.User;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What is known of a deployment. A setting comes from the first of: an option of {@code ./bookstore test --target}, the file, the environment variable {@code BOOKSTORE_TARGET_NAME} in capitals with underscores. Its value
 * may be {@code env:VARIABLE} or {@code file:PATH}, which stand for what is there. Immutable.
 */
final class TargetSettings {

    static final String VARIABLE = "BOOKSTORE_TARGET_";

    /** All settings that there are; {@code *} is a role: customer, reader, staff or admin. docs/deployment.md explains them. */
    static final List<String> NAMES = List.of(
            "api",
            "gateway",
            "origin",
            "throttle",
            "ca",
            "identity",
            "sign-in",
            "client.id",
            "client.secret",
            "redirect.uri",
            "scope",
            "token.url",
            "token.command",
            "token.*",
            "token.*.command",
            "*.user",
            "*.password",
            "registration",
            "registration.email",
            "mailbox",
            "mailbox.user",
            "mailbox.password");

    private final Properties properties;
    private final Path directory;
    private final Function<String, String> environment;

    private TargetSettings(Properties properties, Path directory, Function<String, String> environment) {
        this.properties = properties;
        this.directory = directory;
        this.environment = environment;
    }

    /**
     * @param target    an address or a file
     * @param options   settings that come before all others, by name
     * @param directory where paths start if the target is an address; those in a file start where the file is
     * @throws TargetException if the file cannot be read or there are settings that do not exist
     */
    static TargetSettings of(
            String target, Map<String, String> options, Path directory, Function<String, String> environment) {
        Properties properties = new Properties();
        Path start = directory;
        if (target.startsWith("http://") || target.startsWith("https://")) {
            properties.setProperty("api", target);
        } else {
            Path file = Path.of(target).toAbsolutePath();
            start = file.getParent();
            try (Reader in = Files.newBufferedReader(file)) {
                properties.load(in);
            } catch (IOException e) {
                throw new TargetException("The description of the target, " + file + ", cannot be read");
            }
        }
        options.forEach(properties::setProperty);
        TreeSet<String> unknown = new TreeSet<>(properties.stringPropertyNames());
        unknown.removeIf(TargetSettings::isKnown);
        if (!unknown.isEmpty()) {
            throw new TargetException(
                    "There is no setting " + String.join(", ", unknown) + ". There are: " + String.join(", ", NAMES));
        }
        return new TargetSettings(properties, start, environment);
    }

    private static boolean isKnown(String name) {
        return NAMES.stream().anyMatch(known -> {
            int role = known.indexOf('*');
            return role < 0
                    ? known.equals(name)
                    : Arrays.stream(User.values())
                            .anyMatch(user -> known.replace("*", user.login()).equals(name));
        });
    }

    Optional<String> value(String name) {
        String value = properties.getProperty(name, "").trim();
        if (value.isEmpty()) {
            value = Optional.ofNullable(environment.apply(variable(name)))
                    .orElse("")
                    .trim();
        }
        if (value.startsWith("env:")) {
            String source = value.substring(4);
            value = Optional.ofNullable(environment.apply(source))
                    .orElseThrow(() -> new TargetException(
                            name + " comes from the environment variable " + source + ", which is not set"));
        } else if (value.startsWith("file:")) {
            value = read(name, directory.resolve(value.substring(5)));
        }
        return value.isBlank() ? Optional.empty() : Optional.of(value.trim());
    }

    private static String read(String name, Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new TargetException(name + " comes from the file " + file + ", which cannot be read");
        }
    }

    /** @throws TargetException that says how the setting can be given */
    String required(String name, String whatFor) {
        return value(name)
                .orElseThrow(() -> new TargetException(name + " is not set: " + whatFor
                        + ". Give it in a file for --target, or as " + variable(name) + " in the environment"));
    }

    boolean isTrue(String name) {
        return value(name).map(Boolean::parseBoolean).orElse(false);
    }

    Optional<Path> path(String name) {
        return value(name).map(directory::resolve);
    }

    /** Where relative paths start and commands run. */
    Path directory() {
        return directory;
    }

    static String variable(String name) {
        return VARIABLE + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
