package org.apache.synapse.commons.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.axiom.om.OMAbstractFactory;
import org.apache.axiom.om.OMElement;
import org.apache.axiom.om.util.AXIOMUtil;
import org.apache.axis2.context.MessageContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonUtilTest {

    private final MessageContext message = message();

    @Test
    void keepsTheTextOfABodyExactly() throws Exception {
        String json = "{\"price\":9.90,\"n\":\"007\",\"a\":[1],\"e\":[],\"x\":null,\"big\":12345678901234567890}";

        JsonUtil.getNewJsonPayload(message, stream(json), true, true);

        assertThat(JsonUtil.hasAJsonPayload(message)).isTrue();
        assertThat(JsonUtil.jsonPayloadToString(message)).isEqualTo(json);
        assertThat(JsonUtil.jsonPayloadToByteArray(message)).isEqualTo(json.getBytes(StandardCharsets.UTF_8));
        assertThat(JsonUtil.getJsonPayload(message)).hasContent(json);
        assertThat(JsonUtil.getJsonPayload(message)).as("read again").hasContent(json);
        assertThat(written()).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"{}; jsonObject", "[1]; jsonArray", "'\"a\"'; jsonValue", "12; jsonValue"})
    void namesTheElementAfterTheKindOfJson(String json, String element) throws Exception {
        assertThat(JsonUtil.getNewJsonPayload(message, json, true, true).getLocalName())
                .isEqualTo(element);
        assertThat(message.getEnvelope().getBody().getFirstElement().getLocalName())
                .isEqualTo(element);
    }

    @Test
    void showsJsonAsXmlWhenItIsLookedAt() throws Exception {
        OMElement element =
                JsonUtil.getNewJsonPayload(message, "{\"book\":{\"id\":1},\"tag\":[\"a\",\"b\"]}", true, true);

        assertThat(element).hasToString("<jsonObject><book><id>1</id></book><tag>a</tag><tag>b</tag></jsonObject>");
    }

    @Test
    void writesXmlAsJsonAndGuessesTypes() throws Exception {
        message.getEnvelope()
                .getBody()
                .addChild(AXIOMUtil.stringToOM("<book><year>1984</year><title>Emma</title><in>true</in><no/></book>"));

        assertThat(written()).isEqualTo("{\"book\":{\"year\":1984,\"title\":\"Emma\",\"in\":true,\"no\":null}}");
    }

    @Test
    void hasNothingAfterTheBodyIsRemoved() throws Exception {
        JsonUtil.getNewJsonPayload(message, "{\"a\":1}", true, true);

        JsonUtil.removeJsonPayload(message);

        assertThat(JsonUtil.hasAJsonPayload(message)).isFalse();
        assertThat(JsonUtil.jsonPayloadToByteArray(message)).isEmpty();
        assertThat(message.getEnvelope().getBody().getFirstElement()).isNull();
    }

    @Test
    void leavesABodyThatIsNotJsonWithoutAnElement() throws Exception {
        assertThat(JsonUtil.getNewJsonPayload(message, "<no>", true, true)).isNotNull();
        assertThat(JsonUtil.getNewJsonPayload(message, " \n", true, true)).isNull();
    }

    private String written() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonUtil.writeAsJson(message, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static ByteArrayInputStream stream(String json) {
        return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageContext message() {
        try {
            MessageContext message = new MessageContext();
            message.setEnvelope(OMAbstractFactory.getSOAP12Factory().getDefaultEnvelope());
            return message;
        } catch (org.apache.axis2.AxisFault e) {
            throw new AssertionError(e);
        }
    }
}
