package com.books.bookstore.identity.oauth.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.stream.Stream;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;

/**
 * The texts of the pages in the language of a visitor: the one that the application asked for with {@code ui_locales}, else the browser's,
 * else English. Immutable.
 */
public final class PageTexts {

    private static final String UI_LOCALES = "ui_locales";
    /** What a session remembers: the pages of the account are opened after the sign-in. */
    private static final String ASKED = PageTexts.class.getName() + ".asked";

    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);
    private static final Control NO_OTHER_LANGUAGE = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    private final Locale language;
    private final ResourceBundle texts;

    private PageTexts(Locale language) {
        this.language = language;
        this.texts =
                ResourceBundle.getBundle("com.books.bookstore.identity.oauth.web.pages", language, NO_OTHER_LANGUAGE);
    }

    public static PageTexts of(HttpServletRequest request) {
        return new PageTexts(asked(request)
                .flatMap(PageTexts::known)
                .or(() -> Optional.ofNullable(request.getHeader("Accept-Language"))
                        .flatMap(PageTexts::known))
                .orElse(Locale.ENGLISH));
    }

    private static Optional<String> asked(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        SavedRequest waiting = new HttpSessionRequestCache().getRequest(request, null);
        String[] waitingFor = waiting == null ? null : waiting.getParameterValues(UI_LOCALES);
        Optional<String> asked = Stream.of(request.getParameterValues(UI_LOCALES), waitingFor)
                .filter(values -> values != null && values.length == 1)
                .map(values -> values[0].strip().replaceAll("\\s+", ","))
                .findFirst();
        if (session == null) {
            return asked;
        }
        asked.ifPresent(value -> session.setAttribute(ASKED, value));
        return asked.or(() -> Optional.ofNullable((String) session.getAttribute(ASKED)));
    }

    /** @param wanted a value of {@code Accept-Language} */
    private static Optional<Locale> known(String wanted) {
        try {
            return Optional.ofNullable(Locale.lookup(Locale.LanguageRange.parse(wanted), LANGUAGES));
        } catch (IllegalArgumentException notLanguages) {
            return Optional.empty();
        }
    }

    /** @param values of the places in the text; a text without places is taken as it is */
    public String get(String key, Object... values) {
        String text = texts.getString(key);
        return values.length == 0 ? text : new MessageFormat(text, language).format(values);
    }

    /** The tag of the language, like "de". */
    public String language() {
        return language.getLanguage();
    }

    /** All texts below {@code text.}, and the language as {@code lang}, for a template. */
    Map<String, Object> forTemplate() {
        Map<String, Object> values = new HashMap<>();
        texts.keySet().forEach(key -> values.put("text." + key, texts.getString(key)));
        values.put("lang", language());
        return values;
    }
}
