package com.books.bookstore.identity.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.books.bookstore.identity.kernel.TestKernel.Answer;
import com.books.bookstore.it.support.ShopClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Self-registration on the real Carbon kernel with WSO2's real workflow component. Its crash forgets wrong passwords of tests before. */
@Order(2)
class RegistrationIT {

    private static final String PASSWORD = "Customer-pass-1";
    private static final int DECISIONS_AT_ONCE = 6;
    private static final String APPROVE = "{\"action\":\"APPROVE\"}";
    private static final String REJECT = "{\"action\":\"REJECT\",\"reason\":\"We <b>do not</b> deliver there.\"}";

    private static TestKernel kernel;

    @BeforeAll
    static void start() throws Exception {
        kernel = TestKernel.get();
    }

    @Test
    void aSignUpWaitsAndCannotSignIn() throws Exception {
        Answer answer = kernel.signUp("wanda", PASSWORD, "wanda@example.com");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
        assertThat(kernel.signIn("wanda", PASSWORD).status()).isEqualTo(401);
        assertThat(count("wanda")).isZero();
    }

    @Test
    void aSignUpThroughMeIsAnsweredWithoutAnIdAndWaits() throws Exception {
        Answer answer = kernel.call(
                "POST",
                "/scim2/Me",
                "Bearer " + kernel.signUpToken(),
                TestKernel.user("mona", PASSWORD, "mona@example.com"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().has("id")).isFalse();
        assertThat(answer.header("Location")).endsWith("/null");
        assertThat(kernel.signIn("mona", PASSWORD).status()).isEqualTo(401);
    }

    @Test
    void anApprovedCustomerSignsInWithTheCustomerRole() throws Exception {
        kernel.signUp("alice", PASSWORD, "Alice@Example.com");

        assertThat(kernel.decide("admin", kernel.task("alice"), APPROVE).status())
                .isEqualTo(200);

        Answer user = kernel.signIn("alice", PASSWORD);
        assertThat(user.status()).isEqualTo(200);
        assertThat(user.json().path("email").asText()).isEqualTo("alice@example.com");
        assertThat(user.json().path("givenName").asText()).isEqualTo("Given");
        assertThat(user.json().path("roles")).extracting(JsonNode::asText).containsExactly("bookstore-customer");
        assertThat(kernel.signIn("alice", "wrong").status()).isEqualTo(401);
    }

    @Test
    void aRejectedRequestLeavesNothingAndTheNameCanRegisterAgain() throws Exception {
        kernel.signUp("rudi", PASSWORD, "rudi@example.com");

        assertThat(kernel.decide("admin", kernel.task("rudi"), REJECT).status()).isEqualTo(200);

        assertThat(kernel.signIn("rudi", PASSWORD).status()).isEqualTo(401);
        assertThat(count("rudi")).isZero();
        assertThat(kernel.signUp("rudi", PASSWORD, "rudi@example.com").status()).isEqualTo(202);
    }

    @Test
    void usersThatAnAdministratorCreatesDoNotWait() throws Exception {
        Answer byAdmin = kernel.call(
                "POST",
                "/scim2/Users",
                TestKernel.basic("admin"),
                TestKernel.user("emil", PASSWORD, "emil@example.com"));
        Answer byOtherClient = kernel.call(
                "POST",
                "/scim2/Users",
                "Bearer " + kernel.token("provisioning", "provisioning", "internal_user_mgt_create"),
                TestKernel.user("ines", PASSWORD, "ines@example.com"));

        assertThat(byAdmin.status()).isEqualTo(201);
        assertThat(byOtherClient.status()).isEqualTo(201);
        assertThat(kernel.signIn("emil", PASSWORD).status()).isEqualTo(200);
        assertThat(kernel.signIn("ines", PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void namesAndAddressesOfWaitingRequestsAndUsersAreRefused() throws Exception {
        kernel.signUp("dora", PASSWORD, "dora@example.com");

        assertThat(kernel.signUp("dora", PASSWORD, "other@example.com").status())
                .isEqualTo(409);
        assertThat(kernel.signUp("DORA", PASSWORD, "other@example.com").status())
                .isEqualTo(409);
        assertThat(kernel.signUp("dora2", PASSWORD, "DORA@example.com").status())
                .isEqualTo(409);
        assertThat(kernel.signUp("customer", PASSWORD, "other@example.com").status())
                .isEqualTo(409);
        assertThat(kernel.signUp("dora3", PASSWORD, "customer@books.com").status())
                .isEqualTo(409);
        // The applicant's mistake is none of the server's.
        assertThat(log()).doesNotContain("belongs to a user or to a registration", "UCM-60001");
    }

    @Test
    void ofTwoSimultaneousSignUpsWithOneNameOneWaits() throws Exception {
        List<Integer> statuses = simultaneously(
                () -> kernel.signUp("twin", PASSWORD, "twin1@example.com").status(),
                () -> kernel.signUp("twin", PASSWORD, "twin2@example.com").status());

        assertThat(statuses).containsExactlyInAnyOrder(202, 409);
    }

    @Test
    void aSignUpWithAnUnacceptablePasswordOrWithoutAnAddressIsRefusedAtOnce() throws Exception {
        assertThat(kernel.signUp("weak", "abc", "weak@example.com").status()).isEqualTo(400);
        assertThat(kernel.signUp("nomail", PASSWORD, "no address").status()).isEqualTo(400);
    }

    @Test
    void anApprovedCustomerWhoseNameWasTakenMeanwhileAndTheAdministratorsAreTold() throws Exception {
        kernel.signUp("taken", PASSWORD, "taken@example.com");
        String task = kernel.task("taken");
        assertThat(kernel.call(
                                "POST",
                                "/scim2/Users",
                                kernel.administrator(),
                                TestKernel.user("taken", PASSWORD, "another@example.com"))
                        .status())
                .isEqualTo(201);

        // As Identity Server answers: how the decision ended says the workflow instance.
        assertThat(kernel.decide("admin", task, APPROVE).status()).isEqualTo(200);
        assertThat(instanceOf("taken", "FAILED").path("decidedBy").asText()).isEqualTo("admin");

        await().atMost(Duration.ofSeconds(40))
                .until(() -> subjects("taken@example.com").contains("Your registration at books.com")
                        && subjects("admin@books.com").contains("books.com: the account taken could not be created"));
        assertThat(subjects("taken@example.com")).doesNotContain("Welcome to books.com");
        assertThat(Files.readString(TestKernel.HOME.resolve("repository/logs/audit.log")))
                .containsPattern("registration.failed.*PRIMARY/taken");
    }

    @Test
    void anApprovedCustomerWhoseAddressWasTakenMeanwhileIsNotCreated() throws Exception {
        kernel.signUp("lateaddress", PASSWORD, "lateaddress@example.com");
        String task = kernel.task("lateaddress");
        assertThat(kernel.call(
                                "POST",
                                "/scim2/Users",
                                kernel.administrator(),
                                TestKernel.user("earlyaddress", PASSWORD, "lateaddress@example.com"))
                        .status())
                .isEqualTo(201);

        assertThat(kernel.decide("admin", task, APPROVE).status()).isEqualTo(200);

        instanceOf("lateaddress", "FAILED");
        assertThat(kernel.signIn("lateaddress", PASSWORD).status()).isEqualTo(401);
        await().atMost(Duration.ofSeconds(40))
                .until(() -> subjects("lateaddress@example.com").contains("Your registration at books.com"));
    }

    @Test
    void aDeactivatedAdministratorGetsNoMailsThatNameApplicants() throws Exception {
        String id = kernel.call(
                        "POST",
                        "/scim2/Users",
                        kernel.administrator(),
                        TestKernel.user("former", PASSWORD, "former@example.com"))
                .json()
                .path("id")
                .asText();
        String group = kernel.call(
                        "GET",
                        "/scim2/Groups?filter=displayName%20eq%20%22bookstore-admin%22",
                        kernel.administrator(),
                        null)
                .json()
                .at("/Resources/0/id")
                .asText();
        change(
                "/scim2/Groups/" + group,
                "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + id + "\"}]}");
        kernel.signUp("before", PASSWORD, "before@example.com");
        await().atMost(Duration.ofSeconds(40))
                .until(() -> subjects("former@example.com").contains("books.com: before waits for approval"));

        change("/scim2/Users/" + id, "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}");
        kernel.signUp("afterwards", PASSWORD, "afterwards@example.com");

        await().atMost(Duration.ofSeconds(40))
                .until(() -> subjects("admin@books.com").contains("books.com: afterwards waits for approval")
                        && subjects("afterwards@example.com")
                                .contains("We have received your registration at books.com"));
        assertThat(subjects("former@example.com")).containsExactly("books.com: before waits for approval");
        assertThat(kernel.call("DELETE", "/scim2/Users/" + id, kernel.administrator(), null)
                        .status())
                .isEqualTo(204);
    }

    private static void change(String resource, String operation) throws Exception {
        assertThat(kernel.call(
                                "PATCH",
                                resource,
                                kernel.administrator(),
                                "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":["
                                        + operation + "]}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theAuditNamesTheApplicationThatSignedACustomerUp() throws Exception {
        kernel.signUp("signedup", PASSWORD, "signedup@example.com");

        assertThat(Files.readString(TestKernel.HOME.resolve("repository/logs/audit.log")))
                .containsPattern(
                        "\"actor\":\"bookstore-registration\",\"action\":\"registration.requested\".*PRIMARY/signedup");
    }

    @Test
    void ofTwoAdministratorsWhoDecideAtOnceOneWins() throws Exception {
        // The engine has no lock, as that of Identity Server: in some rounds both get as far as the extension.
        Map<String, String> told = new HashMap<>();
        for (int round = 0; round < DECISIONS_AT_ONCE; round++) {
            String name = "rita" + round;
            kernel.signUp(name, PASSWORD, name + "@example.com");
            String task = kernel.task(name);

            List<Integer> statuses = simultaneously(
                    () -> kernel.decide("admin", task, APPROVE).status(),
                    () -> kernel.decide("approver2", task, REJECT).status());

            assertThat(statuses).containsOnlyOnce(200).containsAnyOf(400, 500);
            boolean approved = statuses.get(0) == 200;
            assertThat(kernel.signIn(name, PASSWORD).status()).isEqualTo(approved ? 200 : 401);
            assertThat(instanceOf(name, approved ? "APPROVED" : "REJECTED").isMissingNode())
                    .isFalse();
            told.put(name + "@example.com", approved ? "Welcome to books.com" : "Your registration at books.com");
        }
        String received = "We have received your registration at books.com";
        for (Map.Entry<String, String> decision : told.entrySet()) {
            List<String> both = List.of(received, decision.getValue());
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> subjects(decision.getKey()).containsAll(both));
            assertThat(subjects(decision.getKey())).containsExactlyInAnyOrderElementsOf(both);
        }
    }

    /** The workflow instance of a user name in one state, or nothing. */
    private JsonNode instanceOf(String userName, String status) throws Exception {
        String instances = "/api/server/v1/workflow-instances";
        String client = "Bearer "
                + kernel.token("bookstore-registration", "bookstore-registration", "internal_workflow_instance_view");
        for (JsonNode instance : kernel.call(
                        "GET",
                        instances + "?limit=100&filter=operationType%20eq%20SELF_REGISTER_USER%20and%20status%20eq%20"
                                + status,
                        client,
                        null)
                .json()
                .path("instances")) {
            JsonNode detail = kernel.call(
                            "GET",
                            instances + "/"
                                    + instance.path("workflowInstanceId").asText(),
                            client,
                            null)
                    .json();
            if (detail.path("properties")
                    .toString()
                    .contains("{\"value\":\"" + userName + "\",\"key\":\"Username\"}")) {
                return detail;
            }
        }
        return MissingNode.getInstance();
    }

    @Test
    void aClaimedTaskIsDecidedByItsOwnerOnly() throws Exception {
        kernel.signUp("clara", PASSWORD, "clara@example.com");
        String task = kernel.task("clara");

        assertThat(kernel.decide("admin", task, "{\"action\":\"CLAIM\"}").status())
                .isEqualTo(200);
        assertThat(kernel.call(
                                "GET",
                                "/api/users/v2/me/approval-tasks?limit=100&status=BLOCKED",
                                TestKernel.basic("approver2"),
                                null)
                        .body())
                .contains(task);
        Answer other = kernel.decide("approver2", task, APPROVE);
        assertThat(other.status()).isEqualTo(400);
        assertThat(other.json().path("code").asText()).isEqualTo("WFE_40005");
        assertThat(kernel.decide("admin", task, "{\"action\":\"RELEASE\"}").status())
                .isEqualTo(200);
        assertThat(kernel.decide("approver2", task, APPROVE).status()).isEqualTo(200);
        assertThat(kernel.decide("admin", task, REJECT).json().path("code").asText())
                .isEqualTo("WFE_40006");
    }

    @Test
    void aMailAddressServesAsUserName() throws Exception {
        String name = "a.rather.long.customer.name@mail.example.com";

        assertThat(kernel.signUp(name, PASSWORD, name).status()).isEqualTo(202);
        assertThat(kernel.signUp(name, PASSWORD, name).status()).isEqualTo(409);
        assertThat(kernel.decide("admin", kernel.task(name), APPROVE).status()).isEqualTo(200);

        Answer user = kernel.signIn(name, PASSWORD);
        assertThat(user.status()).isEqualTo(200);
        assertThat(user.json().path("userName").asText()).isEqualTo(name);
        assertThat(kernel.call("GET", "/scim2/Me", TestKernel.basic(name, PASSWORD), null)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theLongestAddressServesAsUserNameAndGetsEmails() throws Exception {
        String name = "a".repeat(64) + "@" + ("b".repeat(60) + ".").repeat(3) + "ex.org";
        assertThat(name).hasSize(254);

        assertThat(kernel.signUp(name, PASSWORD, name).status()).isEqualTo(202);
        assertThat(kernel.signUp(name, PASSWORD, name).status()).isEqualTo(409);
        assertThat(kernel.decide("admin", kernel.task(name), APPROVE).status()).isEqualTo(200);

        assertThat(kernel.signIn(name, PASSWORD).status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(40))
                .until(() -> subjects(name)
                        .containsAll(
                                List.of("We have received your registration at books.com", "Welcome to books.com")));
    }

    @Test
    void onlyApproversDecide() throws Exception {
        kernel.signUp("olga", PASSWORD, "olga@example.com");
        String task = kernel.task("olga");
        String tasks = "/api/users/v2/me/approval-tasks";

        assertThat(kernel.call("GET", tasks, null, null).status()).isEqualTo(401);
        assertThat(kernel.decide("customer", task, APPROVE).json().path("code").asText())
                .isEqualTo("WFE_40006");
        assertThat(kernel.decide("staff", task, APPROVE).status()).isEqualTo(400);
        assertThat(kernel.call("GET", tasks, "Bearer " + kernel.userToken("admin", "orders:read"), null)
                        .status())
                .isEqualTo(403);
        Answer allowed =
                kernel.call("GET", tasks, "Bearer " + kernel.userToken("admin", "registrations:approve"), null);
        assertThat(allowed.status()).isEqualTo(200);
        assertThat(allowed.json()).isNotEmpty();
        assertThat(kernel.decide("admin", task, "{\"action\":\"PROMOTE\"}").status())
                .isEqualTo(400);
        assertThat(kernel.decide("admin", "no-such-task", APPROVE).status()).isEqualTo(500);
        assertThat(kernel.call("GET", tasks + "/no-such-task", TestKernel.basic("admin"), null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void ordersRequestsDecisionsAndTheirEmailsSurviveACrashWhileShopAndMailServerAreDown() throws Exception {
        ShopClient shop = new ShopClient(TestKernel.bookstore());
        String customer = shop.token("customer", TestKernel.DEMO_PASSWORD);
        assertThat(shop.post(
                                "/inventory/v1/books",
                                shop.token("admin", TestKernel.DEMO_PASSWORD),
                                "{\"title\":\"Emma\",\"price\":9.99,\"stockQuantity\":5}")
                        .status())
                .isEqualTo(201);
        int order = shop.order(customer).json().get("orderId").asInt();
        String email = ShopClient.newEmail();
        assertThat(shop.register(email).status()).isEqualTo(202);
        kernel.stopMailServer();
        // Where nothing listens, until the next start.
        kernel.restartExtension("set shop_api_url http://127.0.0.1:1");
        kernel.signUp("rosa", PASSWORD, "rosa@example.com");
        kernel.signUp("rolf", PASSWORD, "rolf@example.com");
        String task = kernel.task("rolf");
        kernel.decide("admin", kernel.task("rosa"), APPROVE);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> log().lines()
                        .anyMatch(line -> line.contains("Email APPROVED of request")
                                && line.contains("The shop cannot be reached")));
        kernel.signUp("kilian", PASSWORD, "kilian@example.com");
        kernel.signUp("klara", PASSWORD, "klara@example.com");
        String kilians = request("kilian");
        String klaras = request("klara");
        String longAgo = rejected("rhea");
        String recently = rejected("rita");

        kernel.crash(() -> {
            storedAsInAnEarlierVersion("approver2");
            kernel.sql("UPDATE WF_REQUEST SET UPDATED_AT = DATEADD('DAY', -31, UPDATED_AT) WHERE UUID = '" + longAgo
                    + "'");
            kernel.startMailServer();
            stoppedAfterTheRequestWasStored(kilians);
            stoppedAfterTheRequestWasStored(klaras);
            // The server got even less far.
            kernel.sql("DELETE FROM WF_WORKFLOW_REQUEST_RELATION WHERE REQUEST_ID = '" + klaras + "'");
        });

        kernel.extension("one-association");
        assertThat(shop.get("/orders/v1/orders/" + order, shop.token("customer", TestKernel.DEMO_PASSWORD))
                        .status())
                .isEqualTo(200);
        assertThat(shop.decide(shop.token("admin", TestKernel.DEMO_PASSWORD), email, "approve", null)
                        .status())
                .isEqualTo(200);
        assertThat(shop.order(shop.token(email, ShopClient.PASSWORD)).status()).isEqualTo(201);
        await().atMost(Duration.ofSeconds(60)).until(() -> log().contains("1 registrations were erased"));
        assertThat(instance(longAgo).status()).isEqualTo(404);
        assertThat(instance(recently).status()).isEqualTo(200);
        assertThat(kernel.call(
                                "GET",
                                "/api/users/v2/me/approval-tasks?status=REJECTED&limit=100",
                                TestKernel.basic("admin"),
                                null)
                        .body())
                .doesNotContain(longAgo)
                .contains(recently);
        assertThat(kernel.signIn("approver2", "Wrong-pass-1").status()).isEqualTo(401);
        assertThat(log()).doesNotContain("is stored as PBKDF2 now");
        assertThat(kernel.signIn("approver2", TestKernel.DEMO_PASSWORD).status())
                .isEqualTo(200);
        assertThat(log()).contains("The password of user " + kernel.id("approver2") + " is stored as PBKDF2 now.");
        assertThat(kernel.signIn("approver2", TestKernel.DEMO_PASSWORD).status())
                .isEqualTo(200);
        assertThat(kernel.signIn("rosa", PASSWORD).json().path("roles").path(0).asText())
                .isEqualTo("bookstore-customer");
        assertThat(kernel.signUp("rolf", PASSWORD, "rolf@example.com").status()).isEqualTo(409);
        assertThat(kernel.decide("admin", task, APPROVE).status()).isEqualTo(200);
        assertThat(kernel.signIn("rolf", PASSWORD).status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> subjects("rosa@example.com").size() >= 2
                        && subjects("rolf@example.com").size() >= 2
                        && subjects("admin@books.com").contains("books.com: rolf waits for approval"));
        assertThat(subjects("rosa@example.com"))
                .containsExactlyInAnyOrder("We have received your registration at books.com", "Welcome to books.com");
        assertThat(ids("rosa@example.com")).doesNotHaveDuplicates().allMatch(id -> id.endsWith("@books.com>"));

        await().atMost(Duration.ofSeconds(60))
                .until(() -> subjects("admin@books.com").contains("books.com: kilian waits for approval"));
        assertThat(subjects("kilian@example.com")).containsExactly("We have received your registration at books.com");
        assertThat(subjects("admin@books.com"))
                .containsOnlyOnce("books.com: kilian waits for approval")
                .doesNotContain("books.com: klara waits for approval");
        assertThat(kernel.signUp("kilian", PASSWORD, "kilian@example.com").status())
                .isEqualTo(409);
        assertThat(kernel.decide("admin", kernel.task("kilian"), APPROVE).status())
                .isEqualTo(200);
        assertThat(subjects("klara@example.com")).isEmpty();
        assertThat(kernel.signUp("klara", PASSWORD, "klara@example.com").status())
                .isEqualTo(202);
        assertThat(kernel.decide("admin", kernel.task("klara"), APPROVE).status())
                .isEqualTo(200);
    }

    /** The id of the only request for a name, as the sign-up client finds it. */
    private static String request(String userName) throws Exception {
        String instances = "/api/server/v1/workflow-instances";
        String client = "Bearer "
                + kernel.token("bookstore-registration", "bookstore-registration", "internal_workflow_instance_view");
        for (JsonNode instance : kernel.call("GET", instances + "?limit=100", client, null)
                .json()
                .path("instances")) {
            String id = instance.path("workflowInstanceId").asText();
            if (kernel.call("GET", instances + "/" + id, client, null)
                    .json()
                    .path("properties")
                    .toString()
                    .contains("{\"value\":\"" + userName + "\",\"key\":\"Username\"}")) {
                return id;
            }
        }
        throw new AssertionError("There is no request for " + userName);
    }

    /** What is in the database when the server stops between storing a request and what follows, two minutes later. */
    /** Id of a registration that is rejected. */
    private static String rejected(String user) throws Exception {
        kernel.signUp(user, PASSWORD, user + "@example.com");
        String id = request(user);
        assertThat(kernel.decide("admin", kernel.task(user), REJECT).status()).isEqualTo(200);
        return id;
    }

    private static Answer instance(String request) throws Exception {
        return kernel.call("GET", "/api/server/v1/workflow-instances/" + request, TestKernel.basic("admin"), null);
    }

    /** SHA-256 of password and salt. Until then, all passwords are stored as PBKDF2: one byte for the format, then 1,000 iterations. */
    private static void storedAsInAnEarlierVersion(String user) throws Exception {
        String stored =
                kernel.sql("WSO2SHARED_DB", "SELECT COUNT(*) FROM UM_USER WHERE UM_USER_PASSWORD NOT LIKE 'AQAAA+%'");
        assertThat(stored.lines().skip(1).findFirst().orElseThrow().strip()).isEqualTo("0");
        byte[] old = MessageDigest.getInstance("SHA-256")
                .digest((TestKernel.DEMO_PASSWORD + "NaCl").getBytes(StandardCharsets.UTF_8));
        kernel.sql(
                "WSO2SHARED_DB",
                "UPDATE UM_USER SET UM_USER_PASSWORD = '" + Base64.getEncoder().encodeToString(old)
                        + "', UM_SALT_VALUE = 'NaCl' WHERE UM_USER_NAME = '" + user + "'");
    }

    private static void stoppedAfterTheRequestWasStored(String request) throws Exception {
        kernel.sql(
                "UPDATE BOOKSTORE_REGISTRATION_MAIL SET STATUS = 'HELD', DUE_AT = 0, ATTEMPTS = 0 WHERE KIND = 'RECEIVED' AND REQUEST_ID = '"
                        + request
                        + "'; DELETE FROM BOOKSTORE_REGISTRATION_MAIL WHERE KIND = 'WAITING' AND REQUEST_ID = '"
                        + request
                        + "'; DELETE FROM WF_REQUEST_ENTITY_RELATIONSHIP WHERE REQUEST_ID = '" + request + "'");
    }

    @Test
    void applicantsAndAdministratorsAreToldWhenTheWorkflowIsDeleted() throws Exception {
        kernel.signUp("wendy", PASSWORD, "wendy@example.com");
        String request = request("wendy");

        kernel.extension("delete-workflows");

        assertThat(kernel.signUp("while-none", PASSWORD, "while-none@example.com")
                        .status())
                .isEqualTo(500);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> bodies("wendy@example.com").contains("We could not complete your registration")
                        && subjects("admin@books.com").contains("books.com: the account wendy could not be created"));
        assertThat(kernel.call("GET", "/api/users/v2/me/approval-tasks?limit=100", TestKernel.basic("admin"), null)
                        .body())
                .doesNotContain(request);

        kernel.extension("stop");
        kernel.extension("start");
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        kernel.signUp("wendy", PASSWORD, "wendy@example.com").status() == 202);
    }

    private static String bodies(String recipient) throws Exception {
        StringBuilder bodies = new StringBuilder();
        for (MimeMessage mail : mails(recipient)) {
            bodies.append(body(mail));
        }
        return bodies.toString();
    }

    /** Its text and its HTML. */
    private static String body(MimeMessage mail) throws Exception {
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        return parts.getBodyPart(0).getContent() + "\n" + parts.getBodyPart(1).getContent();
    }

    @Test
    void afterTheDiskWasFullRegistrationsWorkAgainWithoutARestart() throws Exception {
        kernel.signUp("disk-before", PASSWORD, "disk-before@example.com");

        kernel.extension("break");

        // Each pool looks at its connections once a second at most: until then some of them still fail.
        await().atMost(Duration.ofSeconds(30))
                .during(Duration.ofSeconds(2))
                .until(() -> kernel.signIn("customer", TestKernel.DEMO_PASSWORD).status() == 200
                        && kernel.call("GET", "/api/users/v2/me/approval-tasks", TestKernel.basic("admin"), null)
                                        .status()
                                == 200);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> kernel.signUp("disk-after", PASSWORD, "disk-after@example.com")
                                .status()
                        == 202);
        assertThat(kernel.decide("admin", kernel.task("disk-before"), APPROVE).status())
                .isEqualTo(200);
        assertThat(kernel.decide("admin", kernel.task("disk-after"), APPROVE).status())
                .isEqualTo(200);
        assertThat(kernel.signIn("disk-before", PASSWORD).status()).isEqualTo(200);
        assertThat(kernel.signIn("disk-after", PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void nobodyRegistersWhileTheSettingsAreWrongAndWithoutTheExtensionTheServerWorksAsBefore() throws Exception {
        kernel.signUp("wilma", PASSWORD, "wilma@example.com");
        String waiting = kernel.task("wilma");
        kernel.extension("stop");
        kernel.extension("set smtp_port 99999");
        kernel.extension("start");

        assertThat(errors())
                .last()
                .asString()
                .contains("smtp_port is not a number from 1 to 65535: 99999", "Applications cannot create users");
        // Not the applicant's mistake: the registration API then says to try again later.
        assertThat(kernel.signUp("early", PASSWORD, "early@example.com").status())
                .isEqualTo(500);
        assertThat(count("early")).isZero();
        assertThat(kernel.call(
                                "POST",
                                "/scim2/Users",
                                TestKernel.basic("admin"),
                                TestKernel.user("hired", PASSWORD, "hired@example.com"))
                        .status())
                .isEqualTo(201);
        int errorsBefore = errors().size();

        kernel.extension("stop");

        assertThat(errors()).hasSize(errorsBefore);
        assertThat(kernel.signUp("direct", PASSWORD, "direct@example.com").status())
                .isEqualTo(201);
        assertThat(kernel.signIn("direct", PASSWORD).status()).isEqualTo(200);
        assertThat(kernel.signIn("customer", TestKernel.DEMO_PASSWORD).status()).isEqualTo(200);
        assertThat(kernel.decide("admin", waiting, APPROVE).status()).isEqualTo(200);
        assertThat(kernel.signIn("wilma", PASSWORD).status()).isEqualTo(200);

        GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        smtp.start();
        kernel.extension("set smtp_port " + smtp.getSmtp().getPort());
        kernel.extension("set smtp_host 127.0.0.1");
        kernel.extension("set mail_channel smtp");
        kernel.extension("start");

        assertThat(errors()).hasSize(errorsBefore);
        kernel.extension("one-association");
        assertThat(kernel.signUp("gated", PASSWORD, "gated@example.com").status())
                .isEqualTo(202);
        assertThat(kernel.signIn("gated", PASSWORD).status()).isEqualTo(401);
        assertThat(kernel.signUp("direct", PASSWORD, "other@example.com").status())
                .isEqualTo(409);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Arrays.stream(smtp.getReceivedMessages())
                        .anyMatch(mail -> of(mail, MimeMessage::getSubject)
                                .equals("We have received your registration at books.com")));
        smtp.stop();
        kernel.restartExtension("set mail_channel shop");
    }

    @Test
    void theSignUpClientSeesWhatBecameOfARequestAndOthersDoNot() throws Exception {
        String instances = "/api/server/v1/workflow-instances";
        String filter = "?limit=100&filter=operationType%20eq%20SELF_REGISTER_USER%20and%20status%20eq%20PENDING";
        String client = "Bearer "
                + kernel.token("bookstore-registration", "bookstore-registration", "internal_workflow_instance_view");
        kernel.signUp("vera", PASSWORD, "vera@example.com");

        String id = "";
        for (JsonNode instance :
                kernel.call("GET", instances + filter, client, null).json().path("instances")) {
            JsonNode detail = kernel.call(
                            "GET",
                            instances + "/"
                                    + instance.path("workflowInstanceId").asText(),
                            client,
                            null)
                    .json();
            assertThat(detail.toString()).doesNotContain(PASSWORD, "Credential");
            if (detail.path("properties").toString().contains("{\"value\":\"vera\",\"key\":\"Username\"}")) {
                id = detail.path("workflowInstanceId").asText();
                assertThat(detail.path("status").asText()).isEqualTo("PENDING");
            }
        }
        kernel.decide("admin", kernel.task("vera"), "{\"action\":\"REJECT\",\"reason\":\"No shops\"}");
        JsonNode rejected =
                kernel.call("GET", instances + "/" + id, client, null).json();
        assertThat(rejected.path("status").asText()).isEqualTo("REJECTED");
        assertThat(rejected.path("decidedBy").asText()).isEqualTo("admin");
        assertThat(rejected.path("reason").asText()).isEqualTo("No shops");
        assertThat(Instant.parse(rejected.path("updatedAt").asText())).isBefore(Instant.now());

        assertThat(kernel.call("GET", instances + "/" + id, "Bearer " + kernel.signUpToken(), null)
                        .status())
                .isEqualTo(403);
        assertThat(kernel.call("GET", instances, TestKernel.basic("customer"), null)
                        .status())
                .isEqualTo(403);
        assertThat(kernel.call("GET", instances, null, null).status()).isEqualTo(401);
        assertThat(kernel.call("DELETE", instances + "/" + id, client, null).status())
                .isEqualTo(405);
        assertThat(kernel.call("GET", instances + "/none", client, null).status())
                .isEqualTo(404);
        assertThat(kernel.call("GET", instances + "?filter=createdBy%20eq%20x", client, null)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void theLogOfAStartHasNoErrors() throws Exception {
        String[] startAndRest = log().split("WSO2 Carbon started in", 2);

        assertThat(startAndRest).hasSize(2);
        assertThat(startAndRest[0]).doesNotContain("] ERROR {", "] FATAL {");
        assertThat(startAndRest[1]).doesNotContain("Could not find custom schema");
    }

    private static String log() throws IOException {
        return Files.readString(TestKernel.HOME.resolve("repository/logs/wso2carbon.log"));
    }

    private static List<String> errors() throws IOException {
        return log().lines()
                .filter(line -> line.contains("] ERROR {") || line.contains("] FATAL {"))
                .toList();
    }

    @Test
    void applicantAndAdministratorsAreToldByMail() throws Exception {
        kernel.signUp("mila", PASSWORD, "mila@example.com");
        kernel.decide("admin", kernel.task("mila"), REJECT);
        kernel.signUp("mara", PASSWORD, "mara@example.com");
        kernel.decide("admin", kernel.task("mara"), APPROVE);

        await().atMost(Duration.ofSeconds(30))
                .until(() -> subjects("mila@example.com").size() == 2
                        && subjects("mara@example.com").size() == 2);
        assertThat(subjects("mila@example.com"))
                .containsExactlyInAnyOrder(
                        "We have received your registration at books.com", "Your registration at books.com");
        assertThat(subjects("mara@example.com"))
                .containsExactlyInAnyOrder("We have received your registration at books.com", "Welcome to books.com");
        assertThat(subjects("admin@books.com")).contains("books.com: mila waits for approval");
        assertThat(subjects("approver2@books.com")).contains("books.com: mila waits for approval");
        MimeMessage rejection = Arrays.stream(mails("mila@example.com"))
                .filter(mail -> of(mail, MimeMessage::getSubject).equals("Your registration at books.com"))
                .findFirst()
                .orElseThrow();
        assertThat(body(rejection))
                .contains("We <b>do not</b> deliver there.", "We &lt;b&gt;do not&lt;/b&gt; deliver there.");
        assertThat(of(rejection, MimeMessage::getFrom)[0].toString()).isEqualTo("no-reply@books.com");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(listed("mila@example.com"))
                        .containsExactlyInAnyOrder("registration_received sent", "registration_rejected sent"));
        assertThat(listed("mara@example.com"))
                .containsExactlyInAnyOrder("registration_received sent", "registration_approved sent");
        assertThat(listed("admin@books.com")).contains("registration_review sent");
    }

    /** Kind and state of each email to an address, as administrators see them in the shop. */
    private static List<String> listed(String recipient) throws Exception {
        ShopClient shop = new ShopClient(TestKernel.bookstore());
        List<String> found = new ArrayList<>();
        for (JsonNode mail : shop.get("/mails/v1/mails?limit=100", shop.token("admin", TestKernel.DEMO_PASSWORD))
                .json()
                .get("items")) {
            if (recipient.equals(mail.get("recipients").asText())) {
                found.add(mail.get("kind").asText() + " " + mail.get("status").asText());
            }
        }
        return found;
    }

    @Test
    void theAuditLogSaysWhoDecided() throws Exception {
        kernel.signUp("audrey", PASSWORD, "audrey@example.com");
        kernel.decide("approver2", kernel.task("audrey"), APPROVE);

        Path audit = TestKernel.HOME.resolve("repository/logs/audit.log");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(Files.readString(audit))
                                .containsPattern(
                                        "\"actor\":\"approver2\",\"action\":\"registration.approved\".*\"user\":\"PRIMARY/audrey\""));
    }

    @Test
    void auditAndMailsCarryWhatTheCallerCallsTheRequest() throws Exception {
        kernel.call(
                "POST",
                "/scim2/Users",
                "Bearer " + kernel.signUpToken(),
                TestKernel.user("corry", PASSWORD, "corry@example.com"),
                "activityid",
                "it-asked");
        kernel.call(
                "PUT",
                "/api/users/v2/me/approval-tasks/" + kernel.task("corry") + "/state",
                TestKernel.basic("admin"),
                APPROVE,
                "activityid",
                "it-approved");
        kernel.call(
                "POST",
                "/scim2/Users",
                "Bearer " + kernel.signUpToken(),
                TestKernel.user("forger", PASSWORD, "forger@example.com"),
                "activityid",
                "it-forged\",\"actor\":\"boss");

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(mails("corry@example.com")).hasSize(2));
        assertThat(mails("corry@example.com"))
                .extracting(mail -> mail.getHeader("X-Correlation-ID")[0])
                .containsExactlyInAnyOrder("it-asked", "it-approved");
        Path audit = TestKernel.HOME.resolve("repository/logs/audit.log");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(Files.readString(audit))
                        .containsPattern("registration.requested.*PRIMARY/corry.*\"correlationId\":\"it-asked\"")
                        .containsPattern("registration.approved.*PRIMARY/corry.*\"correlationId\":\"it-approved\"")
                        .contains("PRIMARY/forger")
                        .doesNotContain("it-forged"));
    }

    @Test
    void aPasswordIsNowhereToBeRead() throws Exception {
        String canary = "Canary-7c1f4e92ab";
        kernel.signUp("canary", canary, "canary@example.com");
        String task = kernel.task("canary");
        assertThat(kernel.call("GET", "/api/users/v2/me/approval-tasks/" + task, TestKernel.basic("admin"), null)
                        .body())
                .doesNotContain(canary)
                .doesNotContain("Credential");
        kernel.decide("admin", task, APPROVE);
        kernel.signUp("canary2", canary, "canary2@example.com");
        kernel.decide("admin", kernel.task("canary2"), REJECT);
        assertThat(kernel.signIn("canary", canary).status()).isEqualTo(200);

        byte[] needle = canary.getBytes(StandardCharsets.UTF_8);
        byte[] wide = canary.getBytes(StandardCharsets.UTF_16BE);
        try (Stream<Path> files = Files.walk(TestKernel.HOME.resolve("repository"))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*(/logs/|/database/|/conf/).*"))
                    .toList()) {
                assertThat(contains(file, needle) || contains(file, wide))
                        .as("the password in " + file)
                        .isFalse();
            }
        }
        for (MimeMessage mail : kernel.mails()) {
            assertThat(body(mail)).doesNotContain(canary);
        }
    }

    private static boolean contains(Path file, byte[] needle) throws IOException {
        byte[] hay = Files.readAllBytes(file);
        for (int i = 0; i + needle.length <= hay.length; i++) {
            if (hay[i] == needle[0] && Arrays.equals(hay, i, i + needle.length, needle, 0, needle.length)) {
                return true;
            }
        }
        return false;
    }

    private static int count(String userName) throws Exception {
        return kernel.call(
                        "GET",
                        "/scim2/Users?filter=userName%20eq%20%22" + userName + "%22",
                        kernel.administrator(),
                        null)
                .json()
                .path("totalResults")
                .asInt();
    }

    private static MimeMessage[] mails(String to) {
        return kernel.mails().stream()
                .filter(mail ->
                        of(mail, MimeMessage::getAllRecipients)[0].toString().equals(to))
                .toArray(MimeMessage[]::new);
    }

    private static List<String> ids(String to) {
        return Arrays.stream(mails(to))
                .map(mail -> of(mail, MimeMessage::getMessageID))
                .toList();
    }

    private static List<String> subjects(String to) {
        return Arrays.stream(mails(to))
                .map(mail -> of(mail, MimeMessage::getSubject))
                .toList();
    }

    private interface Part<T> {
        T of(MimeMessage mail) throws javax.mail.MessagingException;
    }

    private static <T> T of(MimeMessage mail, Part<T> part) {
        try {
            return part.of(mail);
        } catch (javax.mail.MessagingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private interface Attempt {
        int status() throws Exception;
    }

    private static List<Integer> simultaneously(Attempt first, Attempt second) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            CyclicBarrier start = new CyclicBarrier(2);
            Future<Integer> one = pool.submit(() -> {
                start.await();
                return first.status();
            });
            Future<Integer> two = pool.submit(() -> {
                start.await();
                return second.status();
            });
            return List.of(one.get(), two.get());
        } finally {
            pool.shutdownNow();
        }
    }
}
