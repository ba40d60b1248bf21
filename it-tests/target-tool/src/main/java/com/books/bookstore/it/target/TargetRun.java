package com.books.bookstore.it.target;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.Checkout;
import com.books.bookstore.it.support.Fuzz;
import com.books.bookstore.it.support.NeedsControl;
import com.books.bookstore.it.support.NotBehindGateway;
import com.books.bookstore.it.support.User;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code ./bookstore test --target}: looks whether a deployment can be tested, runs the integration tests against it, tidies up, and says what
 * was run, what was left out and why. Ends with 0 if all tests passed, 1 if some failed, 2 if none was run because something is wrong with
 * the settings or the deployment.
 */
@Command(
        name = "./bookstore test --target",
        sortOptions = false,
        description =
                "Runs the integration tests against a deployment that runs already. docs/deployment.md says more.",
        footer = {
            "",
            "Secrets are not given here but in the environment, for example BOOKSTORE_TARGET_CUSTOMER_PASSWORD,",
            "BOOKSTORE_TARGET_CLIENT_SECRET or BOOKSTORE_TARGET_TOKEN_STAFF, or by a file whose values may be env:NAME or file:PATH."
        })
final class TargetRun implements Callable<Integer> {

    /** The suite, and below it the tests that are for deployments only. */
    private static final String TESTS = "com.books.bookstore.it";

    private static final int FAILED = 1;
    private static final int NOT_RUN = 2;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "ADDRESS|FILE",
            description =
                    "the address of the APIs, or a file that describes the deployment (see deployment/target.properties)")
    private String target;

    @Option(names = "--gateway", description = "the address is that of API Manager's gateway")
    private boolean gateway;

    @Option(
            names = "--origin",
            paramLabel = "ORIGIN",
            description = "where the storefront runs: the gateway is asked for its CORS answers")
    private String origin;

    @Option(names = "--throttle", description = "call the gateway until it says 429, some 1,200 requests in a minute")
    private boolean throttle;

    @Option(names = "--ca", paramLabel = "FILE", description = "certificates (PEM) that the target's are signed with")
    private String ca;

    @Option(
            names = "--identity",
            paramLabel = "ISSUER",
            description = "the identity server, such as https://is.example.com:9443/oauth2/token")
    private String identity;

    @Option(
            names = "--client",
            paramLabel = "ID",
            description = "the application that the tests sign people in with, such as bookstore-web")
    private String client;

    @Option(
            names = "--redirect-uri",
            paramLabel = "URI",
            description = "one of that application's (default: http://127.0.0.1/callback)")
    private String redirectUri;

    @Option(names = "--sign-in", paramLabel = "WAY", description = "form, app-native or password (default: form)")
    private String signIn;

    @Option(
            names = "--user",
            paramLabel = "ROLE=NAME",
            description = "who is customer, reader (a second customer), staff, admin; repeatable")
    private Map<String, String> users = new LinkedHashMap<>();

    @Option(
            names = "--mailbox",
            paramLabel = "ADDRESS",
            description =
                    "where the customer's emails arrive: imap(s)://HOST:PORT/FOLDER, or the address of ./bookstore up's mailbox")
    private String mailbox;

    @Option(
            names = "--registration",
            description = "register, approve and reject people as well; needs --mailbox, and leaves one account behind")
    private boolean registration;

    @Option(
            names = "--registration-email",
            paramLabel = "ADDRESS",
            description = "addresses to register, with {} where each differs; their emails arrive in the mailbox"
                    + " (default: it-{}@bookstore-tests.example)")
    private String registrationEmail;

    @Option(
            names = "--fuzz",
            paramLabel = "REQUESTS",
            description = "how many requests are made from the API definitions and broken (default: 300; 0: none)")
    private int fuzz = 300;

    @Option(names = "--seed", paramLabel = "NUMBER", description = "which of such requests (default: always the same)")
    private Long seed;

    @Option(
            names = "--only",
            paramLabel = "CLASS",
            split = ",",
            description = "only these test classes, such as CatalogIT,OrderIT")
    private List<String> only = new ArrayList<>();

    @Option(names = "--check", description = "only look whether the tests could run; writes nothing")
    private boolean check;

    @Option(names = "--yes", description = "run although the deployment looks as if real customers used it")
    private boolean yes;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this")
    private boolean help;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new TargetRun()).execute(arguments));
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            return run(out);
        } catch (TargetException e) {
            out.println("  WRONG     " + e.getMessage());
            out.flush();
            return NOT_RUN;
        }
    }

    private int run(PrintWriter out) {
        TargetSystem system = configure();
        TargetSettings settings = system.settings();
        out.println("Looking at " + system.apiAddress() + (system.isGateway() ? ", a gateway of API Manager" : ""));
        TargetPreflight preflight = new TargetPreflight(system, out);
        boolean possible = preflight.check();
        if (settings.isTrue("registration") && settings.value("identity").isEmpty()) {
            out.println("  WRONG     registration: set identity and client.id too, so that who registered can sign in");
            possible = false;
        }
        if (settings.isTrue("registration") && settings.value("mailbox").isEmpty()) {
            out.println("  WRONG     registration: set mailbox too, where the emails arrive that confirm an address");
            possible = false;
        }
        if (settings.value("registration.email")
                .filter(email -> !email.contains("{}"))
                .isPresent()) {
            out.println("  WRONG     registration.email: put {} where the addresses differ");
            possible = false;
        }
        out.flush();
        if (!possible) {
            out.println("No test was run.");
            return NOT_RUN;
        }
        List<String> signs = preflight.signsOfProduction();
        signs.forEach(sign -> out.println("  careful   " + sign));
        describe(out, settings, system);
        if (check) {
            return 0;
        }
        if (!signs.isEmpty() && !yes) {
            out.println("This looks like a deployment for real customers. No test was run; with --yes they are.");
            return NOT_RUN;
        }
        return test(out, settings, system);
    }

    private TargetSystem configure() {
        Map<String, String> options = new HashMap<>();
        options.put("gateway", gateway ? "true" : null);
        options.put("origin", origin);
        options.put("throttle", throttle ? "true" : null);
        options.put("ca", ca == null ? null : Path.of(ca).toAbsolutePath().toString());
        options.put("identity", identity);
        options.put("client.id", client);
        options.put("redirect.uri", redirectUri);
        options.put("sign-in", signIn);
        options.put("mailbox", mailbox);
        options.put("registration", registration ? "true" : null);
        options.put("registration.email", registrationEmail);
        users.forEach((role, name) -> options.put(role + ".user", name));
        options.values().removeIf(Objects::isNull);
        TargetSystem system = new TargetSystem(TargetSettings.of(target, options, Checkout.DIRECTORY, System::getenv));
        BookstoreSystem.use(system);
        return system;
    }

    private static void describe(PrintWriter out, TargetSettings settings, TargetSystem system) {
        out.println("What the tests write: books of their own, which they put on sale and take off again; orders of "
                + system.email(User.CUSTOMER)
                + system.tokenIfKnown(User.OTHER_CUSTOMER)
                        .map(token -> " and " + token.email())
                        .orElse("")
                + ", which stay (the deployment emails each of them); and once more the email with the summary of 2020-02-29 to its administrators."
                + (settings.isTrue("registration") ? " Two people register; one account stays." : "")
                + " No book and no order that was there before is touched.");
        out.flush();
    }

    // ---- The tests ----

    private int test(PrintWriter out, TargetSettings settings, TargetSystem system) {
        Map<String, String> leftOut = new LinkedHashMap<>();
        leftOut.put(
                NeedsControl.TAG,
                "need more of the system than its addresses: they stop its database, hold its signing key, know its limits");
        if (system.isGateway()) {
            leftOut.put(NotBehindGateway.TAG, "the gateway gives these answers itself, in its own words");
            leftOut.put(TargetTag.THROTTLE, "not asked for with --throttle");
        } else {
            leftOut.put(TargetTag.GATEWAY, "only for gateways: --gateway");
        }
        if (!settings.isTrue("registration")) {
            leftOut.put(TargetTag.REGISTRATION, "not asked for with --registration");
        }
        if (settings.value("mailbox").isEmpty()) {
            leftOut.put(TargetTag.MAILBOX, "no --mailbox to look into");
        }
        leftOut.put(Fuzz.TAG, "not asked for: --fuzz is 0");
        Launcher launcher = LauncherFactory.create();
        Report report = new Report(out);
        launcher.execute(
                request()
                        .filters(TagFilter.excludeTags(List.copyOf(leftOut.keySet())))
                        .build(),
                report);
        if (system.isGateway()) {
            // Which is the reason already.
            leftOut.remove(Fuzz.TAG);
        } else if (fuzz > 0) {
            // After the others, because it may use up limits.
            leftOut.remove(Fuzz.TAG);
            System.setProperty(Fuzz.REQUESTS, Integer.toString(fuzz));
            if (seed != null) {
                System.setProperty(Fuzz.SEED, seed.toString());
            }
            launcher.execute(request().filters(TagFilter.includeTags(Fuzz.TAG)).build(), report);
        }
        List<String> traces = TargetTraces.all().tidyUp();
        if (system.isGateway() && settings.isTrue("throttle")) {
            // Last, because everything else is refused for a while afterwards.
            leftOut.remove(TargetTag.THROTTLE);
            launcher.execute(
                    request().filters(TagFilter.includeTags(TargetTag.THROTTLE)).build(), report);
        }
        out.println("What is left at " + system.apiAddress() + ":");
        traces.forEach(sentence -> out.println("  " + sentence));
        out.println("Left out:");
        TestPlan all = launcher.discover(request().build());
        leftOut.forEach((tag, reason) -> printLeftOut(out, all, tag, reason));
        report.skipped.forEach(
                (reason, tests) -> out.println("  " + tests + (tests == 1 ? " test: " : " tests: ") + reason));
        out.println(report.passed + " passed, " + report.failed + " failed, "
                + report.skipped.values().stream().mapToInt(Integer::intValue).sum() + " skipped");
        out.flush();
        return report.failed > 0 || report.passed == 0 ? FAILED : 0;
    }

    private LauncherDiscoveryRequestBuilder request() {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectPackage(TESTS))
                .filters(ClassNameFilter.includeClassNamePatterns(".*IT"));
        if (!only.isEmpty()) {
            request.filters(ClassNameFilter.includeClassNamePatterns(
                    only.stream().map(name -> ".*\\." + name).toArray(String[]::new)));
        }
        return request;
    }

    private static void printLeftOut(PrintWriter out, TestPlan all, String tag, String reason) {
        Map<String, Long> classes = all.getRoots().stream()
                .flatMap(root -> all.getDescendants(root).stream())
                .filter(test -> test.getTags().stream()
                        .anyMatch(found -> found.getName().equals(tag)))
                .flatMap(test ->
                        test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast).stream())
                .collect(Collectors.groupingBy(
                        source -> simpleName(source.getClassName()), TreeMap::new, Collectors.counting()));
        if (!classes.isEmpty()) {
            out.println("  "
                    + classes.entrySet().stream()
                            .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                            .collect(Collectors.joining(", "))
                    + ": " + reason);
        }
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    /** Prints a line for each class and for each failure, as they come. */
    private static final class Report implements TestExecutionListener {

        private final PrintWriter out;
        private final Map<String, Integer> skipped = new LinkedHashMap<>();
        private TestPlan plan;
        private int passed;
        private int failed;
        private int passedBefore;
        private int failedBefore;

        Report(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void testPlanExecutionStarted(TestPlan started) {
            plan = started;
        }

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            skipped.merge(reason, 1, Integer::sum);
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.ABORTED && test.isTest()) {
                skipped.merge(
                        result.getThrowable().map(Throwable::getMessage).orElse("for no reason that it gave"),
                        1,
                        Integer::sum);
            } else if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                failed++;
                out.println("  FAILED    " + name(test) + "\n"
                        + result.getThrowable()
                                .map(Report::text)
                                .orElse("")
                                .indent(12)
                                .stripTrailing());
            } else if (test.isTest()) {
                passed++;
            }
            if (plan.getParent(test)
                    .map(parent -> parent.getParentId().isEmpty())
                    .orElse(false)) {
                out.printf(
                        "  %-9s %s: %d passed%s%n",
                        failed > failedBefore ? "FAILED" : "ok",
                        test.getDisplayName(),
                        passed - passedBefore,
                        failed > failedBefore ? ", " + (failed - failedBefore) + " failed" : "");
                passedBefore = passed;
                failedBefore = failed;
            }
            out.flush();
        }

        private String name(TestIdentifier test) {
            String method = test.getSource()
                    .filter(MethodSource.class::isInstance)
                    .map(MethodSource.class::cast)
                    .map(source -> simpleName(source.getClassName()) + "." + source.getMethodName())
                    .orElse(test.getDisplayName());
            return test.getDisplayName().startsWith(method.substring(method.indexOf('.') + 1))
                    ? method
                    : method + " " + test.getDisplayName();
        }

        /** What is wrong, and the line of the test. */
        private static String text(Throwable thrown) {
            String where = Arrays.stream(thrown.getStackTrace())
                    .filter(line -> line.getClassName().endsWith("IT"))
                    .findFirst()
                    .map(line -> "\nat " + line.getFileName() + ":" + line.getLineNumber())
                    .orElse("");
            return String.valueOf(thrown.getMessage() == null ? thrown : thrown.getMessage())
                            .strip()
                    + where;
        }
    }
}
