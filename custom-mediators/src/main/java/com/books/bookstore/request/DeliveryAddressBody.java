package com.books.bookstore.request;

import com.books.bookstore.domain.DeliveryAddress;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The delivery address in the body of an order. */
final class DeliveryAddressBody {

    private static final String PATH = "deliveryAddress";
    private static final Set<String> COUNTRIES = Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

    private DeliveryAddressBody() {}

    /**
     * @param body   {@code {"deliveryAddress"?: {"name","lines":[..],"postalCode"?,"city","country"}}}
     * @param errors takes what is wrong with the address
     * @return the address, or null if there is none or it is wrong
     */
    static DeliveryAddress read(JsonNode body, DeliveryAddressRule rule, FieldErrors errors) {
        JsonNode node = body.path(PATH);
        if (rule == DeliveryAddressRule.OFF) {
            return null;
        }
        if (node.isMissingNode() || node.isNull()) {
            if (rule == DeliveryAddressRule.REQUIRED) {
                errors.add(PATH, "is required");
            }
            return null;
        }
        if (!node.isObject()) {
            errors.add(PATH, "must be an object");
            return null;
        }
        int errorsBefore = errors.count();
        DeliveryAddress address = new DeliveryAddress(
                visibleText(node.path("name"), PATH + ".name", errors),
                lines(node.path("lines"), errors),
                JsonFields.text(node, "postalCode", PATH + ".postalCode", DeliveryAddress.MAX_POSTAL_CODE, errors),
                visibleText(node.path("city"), PATH + ".city", errors),
                country(node, errors));
        return errors.count() == errorsBefore ? address : null;
    }

    private static List<String> lines(JsonNode lines, FieldErrors errors) {
        String path = PATH + ".lines";
        List<String> found = new ArrayList<>(DeliveryAddress.MAX_LINES);
        if (lines.isMissingNode() || lines.isNull()) {
            errors.add(path, "is required");
        } else if (!lines.isArray() || lines.isEmpty() || lines.size() > DeliveryAddress.MAX_LINES) {
            errors.add(path, "must be an array of 1 to " + DeliveryAddress.MAX_LINES + " texts");
        } else {
            for (int i = 0; i < lines.size(); i++) {
                found.add(visibleText(lines.get(i), path + "[" + i + "]", errors));
            }
        }
        return found;
    }

    private static String country(JsonNode address, FieldErrors errors) {
        JsonNode node = address.path("country");
        if (node.isMissingNode() || node.isNull()) {
            errors.add(PATH + ".country", "is required");
            return "";
        }
        String code = node.isTextual() ? Texts.clean(node.textValue()) : "";
        if (!COUNTRIES.contains(code)) {
            errors.add(PATH + ".country", "must be an ISO 3166-1 alpha-2 code such as DE");
        }
        return code;
    }

    private static String visibleText(JsonNode node, String path, FieldErrors errors) {
        return JsonFields.visibleText(node, path, DeliveryAddress.MAX_LENGTH, errors);
    }
}
