package com.books.bookstore.identity.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.books.bookstore.identity.kernel.TestKernel.Answer;
import com.books.bookstore.it.support.Checkout;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to set a password accepts and refuses the same passwords as the registration API. */
@Tag("attack")
class PasswordPolicyIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OLD = "Policy-pass-1";
    private static final String ME = "/scim2/Me";

    private static TestKernel kernel;
    private static int users;

    @BeforeAll
    static void start() throws Exception {
        kernel = TestKernel.get();
    }

    /** The table of the registration API. */
    static List<Arguments> examples() throws Exception {
        List<Arguments> examples = new ArrayList<>();
        for (JsonNode example : JSON.readTree(Checkout.DIRECTORY
                .resolve("custom-mediators/src/test/resources/com/books/bookstore/registration/passwords.json")
                .toFile())) {
            examples.add(arguments(
                    example.path("why").asText(),
                    example.path("password").asText(),
                    example.path("accepted").asBoolean()));
        }
        return examples;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    @DisplayName("One policy at every door")
    void onePolicyAtEveryDoor(String why, String password, boolean accepted) throws Exception {
        String patched = existing();
        String replaced = existing();
        String own = existing();
        String change = "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":"
                + "[{\"op\":\"replace\",\"path\":\"password\",\"value\":" + JSON.writeValueAsString(password) + "}]}";
        Map<String, Answer> answers = new LinkedHashMap<>();
        answers.put("POST /Users as a sign-up", kernel.signUp(newName(), password, "policy-" + users + "@example.com"));
        answers.put("POST /Users", create("POST", "/scim2/Users", newName(), password));
        answers.put("POST /Me", create("POST", ME, newName(), password));
        answers.put("PUT /Users", create("PUT", "/scim2/Users/" + kernel.id(replaced), replaced, password));
        answers.put(
                "PATCH /Users",
                kernel.call("PATCH", "/scim2/Users/" + kernel.id(patched), kernel.administrator(), change));
        answers.put("PATCH /Me", kernel.call("PATCH", ME, TestKernel.basic(own, OLD), change));

        for (Map.Entry<String, Answer> answer : answers.entrySet()) {
            if (accepted) {
                assertThat(answer.getValue().status()).as(answer.getKey()).isBetween(200, 299);
            } else {
                assertThat(answer.getValue().status()).as(answer.getKey()).isEqualTo(400);
                assertThat(answer.getValue().json().path("scimType").asText())
                        .as(answer.getKey())
                        .isEqualTo("invalidValue");
                assertThat(answer.getValue().body())
                        .as(answer.getKey())
                        .contains("8 to 64 characters")
                        .doesNotContain(JSON.writeValueAsString(password));
            }
        }
        for (String name : List.of(patched, replaced, own)) {
            assertThat(kernel.signIn(name, accepted ? password : OLD).status())
                    .as(name)
                    .isEqualTo(200);
        }
    }

    @Test
    @DisplayName("A sign-up without a password is refused")
    void empty() throws Exception {
        assertThat(kernel.signUp(newName(), "", "policy-" + users + "@example.com")
                        .status())
                .isEqualTo(400);
    }

    private static String newName() {
        return "policy-" + ++users;
    }

    private static String existing() throws Exception {
        String name = newName();
        assertThat(create("POST", "/scim2/Users", name, OLD).status()).isEqualTo(201);
        return name;
    }

    private static Answer create(String method, String path, String name, String password) throws Exception {
        return kernel.call(
                method, path, kernel.administrator(), TestKernel.user(name, password, name + "@example.com"));
    }
}
