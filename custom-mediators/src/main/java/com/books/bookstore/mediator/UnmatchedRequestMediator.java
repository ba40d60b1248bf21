package com.books.bookstore.mediator;

import com.books.bookstore.mediator.message.HttpAnswer;
import com.books.bookstore.mediator.message.HttpRequest;
import com.books.bookstore.mediator.message.Response;
import com.books.bookstore.mediator.message.WrongArtifactException;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.synapse.MessageContext;

/**
 * Answers a request that no resource of an API takes, and OPTIONS.
 *
 * <p>The property {@code resources} lists what the API has: {@code GET /books; PUT,DELETE /books/{bookId}}. Out: for OPTIONS on one of these
 * paths the answer 204 with {@code Allow}. HEAD is allowed where GET is. Problems: method_not_allowed with {@code Allow} for any other method
 * of such a path; not_found for any other path, and for a method that the path has: then the engine did not take a part of the path for a
 * variable, because it has a character such as a comma or a colon. A slash at the end of a path does not count. Thread-safe.
 */
public class UnmatchedRequestMediator extends BookstoreMediator {

    private static final String OPTIONS = "OPTIONS";

    private volatile List<Resource> resources = List.of();

    /** What the API has: methods separated by commas, a blank, a URI template; entries separated by semicolons. */
    public void setResources(String resources) {
        List<Resource> parsed = new ArrayList<>();
        for (String entry : Setting.required("resources", resources).split(";")) {
            String[] parts = entry.trim().split("\\s+");
            if (parts.length != 2) {
                throw new WrongArtifactException(
                        "The entries of the setting 'resources' must be 'METHOD /path', not: " + entry.trim());
            }
            parsed.add(new Resource(parts[0], parts[1]));
        }
        this.resources = List.copyOf(parsed);
    }

    @Override
    void handle(MessageContext message) {
        HttpRequest request = new HttpRequest(message);
        String path = withoutFinalSlash(request.path());
        TreeSet<String> methods = resources.stream()
                .filter(resource -> resource.path.matcher(path).matches())
                .flatMap(resource -> resource.methods.stream())
                .collect(Collectors.toCollection(TreeSet::new));
        if (methods.isEmpty() || request.method() != null && methods.contains(request.method())) {
            throw new ProblemException(ProblemType.NOT_FOUND);
        }
        if (OPTIONS.equals(request.method())) {
            methods.add(OPTIONS);
            HttpAnswer.put(message, Response.empty(204).withHeader("Allow", String.join(", ", methods)));
            return;
        }
        throw new ProblemException(
                Problem.of(ProblemType.METHOD_NOT_ALLOWED).withHeader("Allow", String.join(", ", methods)));
    }

    /** As the engines compare paths with their templates. */
    private static String withoutFinalSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static final class Resource {

        private final List<String> methods;
        private final Pattern path;

        private Resource(String methods, String template) {
            this.methods = Stream.of(methods.split(","))
                    .map(method -> method.toUpperCase(Locale.ROOT))
                    .flatMap(method -> "GET".equals(method) ? Stream.of(method, "HEAD") : Stream.of(method))
                    .collect(Collectors.toList());
            this.path = Pattern.compile(Stream.of(template.split("/", -1))
                    .map(segment -> segment.startsWith("{") ? "[^/]+" : Pattern.quote(segment))
                    .collect(Collectors.joining("/")));
        }
    }
}
