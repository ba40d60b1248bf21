package com.books.bookstore.runtime.engine;

import com.books.bookstore.runtime.artifact.ArtifactXml;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import javax.xml.namespace.QName;
import org.apache.synapse.MessageContext;
import org.apache.synapse.util.xpath.ext.SynapseXpathFunctionContextProvider;
import org.jaxen.Context;
import org.jaxen.Function;
import org.jaxen.FunctionCallException;
import org.jaxen.function.StringFunction;

/**
 * {@code url-encode(text)} and {@code url-encode(text, charset)}: encodes a path with a query as Micro Integrator does, which leaves the
 * characters that separate the parts of an address as they are.
 */
final class UrlEncodeFunction implements SynapseXpathFunctionContextProvider {

    private static final QName NAME = new QName(ArtifactXml.TRANSLATED_PREFIX + "url-encode");
    private static final String IN_PATH = "-_.!~*'():@&=$,;/";
    private static final String IN_QUERY = IN_PATH + "?+";

    @Override
    public QName getResolvingQName() {
        return NAME;
    }

    @Override
    public Function getInitializedExtFunction(MessageContext message) {
        return new Function() {
            @Override
            public Object call(Context context, @SuppressWarnings("rawtypes") List arguments)
                    throws FunctionCallException {
                if (arguments.isEmpty() || arguments.size() > 2) {
                    return "";
                }
                String text = StringFunction.evaluate(arguments.get(0), context.getNavigator());
                return encode(text, arguments.size() == 1 ? StandardCharsets.UTF_8 : charset(context, arguments));
            }
        };
    }

    private static Charset charset(Context context, List<?> arguments) throws FunctionCallException {
        String name = StringFunction.evaluate(arguments.get(1), context.getNavigator());
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new FunctionCallException("url-encode(): there is no character set " + name, e);
        }
    }

    private static String encode(String text, Charset charset) {
        int query = text.indexOf('?');
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            String character = text.substring(i, text.offsetByCodePoints(i, 1));
            boolean stays = character.matches("[A-Za-z0-9]")
                    || (query >= 0 && i >= query ? IN_QUERY : IN_PATH).contains(character);
            if (stays) {
                encoded.append(character);
            } else {
                for (byte each : character.getBytes(charset)) {
                    encoded.append(String.format(Locale.ROOT, "%%%02X", each));
                }
            }
        }
        return encoded.toString();
    }
}
