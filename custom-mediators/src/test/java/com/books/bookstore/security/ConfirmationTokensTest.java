package com.books.bookstore.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.books.bookstore.registration.Applicant;
import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.threeten.extra.MutableClock;

class ConfirmationTokensTest {

    private static final byte[] SECRET = "a secret of at least 32 characters".getBytes(StandardCharsets.UTF_8);
    private static final String PURPOSE = "books.com registration confirmation, 1";
    private static final JOSEObjectType TYPE = new JOSEObjectType("registration-confirmation+jwt");
    private static final Duration DAY = Duration.ofDays(1);

    private final MutableClock clock = MutableClock.of(Instant.parse("2026-11-22T20:00:00Z"), ZoneOffset.UTC);
    private final ConfirmationTokens tokens = new ConfirmationTokens(SECRET, DAY, clock);

    @Test
    void aTokenLeadsBackToItsApplicant() throws Exception {
        Applicant applicant = tokens.applicantOf(tokens.tokenOf(new Applicant("zoe@books.com", "Zo\u00eb", "\u674e")));

        assertThat(applicant.email()).isEqualTo("zoe@books.com");
        assertThat(applicant.givenName()).isEqualTo("Zo\u00eb");
        assertThat(applicant.familyName()).isEqualTo("\u674e");
    }

    /** It is part of an address that mail gateways and browsers see. */
    @Test
    void aTokenShowsNothingAndFitsIntoALink() throws Exception {
        String token = token();
        String header = EncryptedJWT.parse(token).getHeader().toString();
        assertThat(token).matches("[A-Za-z0-9_.-]+").doesNotContain("ZnJvZG8");
        assertThat(header).doesNotContain("frodo").doesNotContain("Baggins");
        assertThat(token()).isNotEqualTo(token);
        Applicant longest = new Applicant(
                "a".repeat(64) + "@" + "b".repeat(189), "\ud83d\ude00".repeat(100), "\ud83d\ude00".repeat(100));
        assertThat(tokens.applicantOf(tokens.tokenOf(longest)).familyName()).isEqualTo(longest.familyName());
    }

    @Test
    void aTokenExpires() throws Exception {
        String token = token();
        assertThat(tokens.expiryOfNew()).isEqualTo(Instant.parse("2026-11-23T20:00:00Z"));

        clock.add(DAY.minusSeconds(1));
        assertThat(tokens.applicantOf(token)).isNotNull();
        clock.add(Duration.ofSeconds(1));
        assertRefused(token, true);
    }

    @Test
    void everyNodeWithTheSecretUnderstandsATokenAndNoOther() throws Exception {
        assertThat(new ConfirmationTokens(SECRET.clone(), Duration.ofHours(1), clock).applicantOf(token()))
                .isNotNull();
        ConfirmationTokens changed = new ConfirmationTokens(
                "another secret of 32 characters..".getBytes(StandardCharsets.UTF_8), DAY, clock);
        assertRefused(changed.tokenOf(applicant()), false);
    }

    @Property(tries = 200)
    void aTokenThatIsChangedAnywhereIsNone(
            @ForAll @IntRange(max = 10_000) int position, @ForAll @IntRange(min = 1, max = 63) int by) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        StringBuilder token = new StringBuilder(token());
        int at = position % token.length();
        int letter = alphabet.indexOf(token.charAt(at));
        if (letter < 0) {
            token.insert(at, 'A');
        } else {
            token.setCharAt(at, alphabet.charAt((letter + by) % 64));
        }

        assertRefused(token.toString(), false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "....", "a.b.c.d.e", "e30.e30.e30", "e30..e30.e30.e30"})
    void nonsenseIsNoToken(String token) {
        assertRefused(token, false);
        assertRefused("A".repeat(4097), false);
    }

    @Test
    void aTokenWithoutProtectionIsNone() {
        assertRefused(new PlainJWT(claims(claims -> {})).serialize(), false);
    }

    /** Not even with the right key. */
    @Test
    void aSignedTokenIsNone() throws JOSEException {
        SignedJWT signed = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).type(TYPE).build(), claims(claims -> {}));
        signed.sign(new MACSigner(DerivedKey.of(SECRET, PURPOSE).getEncoded()));

        assertRefused(signed.serialize(), false);
    }

    @Test
    void theForgeriesBelowFailForWhatIsWrongWithThem() throws Exception {
        assertThat(tokens.applicantOf(encrypted(PURPOSE, header(TYPE).build(), claims(claims -> {}))))
                .isNotNull();
    }

    @Test
    void aTokenOfAnotherPurposeIsNone() throws Exception {
        JWTClaimsSet claims = claims(change -> {});
        assertRefused(encrypted("books.com registration id, 1", header(TYPE).build(), claims), false);
        assertRefused(encrypted(PURPOSE, header(new JOSEObjectType("JWT")).build(), claims), false);
        assertRefused(encrypted(PURPOSE, header(null).build(), claims), false);
        assertRefused(new RegistrationIds(SECRET).idOf("frodo@books.com", Optional.of("r-1")), false);
        assertThat(new RegistrationIds(SECRET).contentOf(token())).isEmpty();
    }

    @Test
    void aTokenWithAnotherHeaderIsNone() throws Exception {
        JWTClaimsSet claims = claims(change -> {});
        assertRefused(
                encrypted(
                        PURPOSE,
                        header(TYPE)
                                .compressionAlgorithm(CompressionAlgorithm.DEF)
                                .build(),
                        claims),
                false);
        assertRefused(
                encrypted(
                        PURPOSE,
                        header(TYPE)
                                .customParam("x", 1)
                                .criticalParams(Set.of("x"))
                                .build(),
                        claims),
                false);
        assertRefused(
                encrypted(
                        PURPOSE,
                        new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A128CBC_HS256)
                                .type(TYPE)
                                .build(),
                        claims),
                false);
    }

    @Test
    void aTokenWithOtherClaimsIsNone() throws Exception {
        for (Consumer<JWTClaimsSet.Builder> change : List.<Consumer<JWTClaimsSet.Builder>>of(
                claims -> claims.issuer("https://books.com"),
                claims -> claims.issuer(null),
                claims -> claims.audience("bookstore-api"),
                claims -> claims.audience(List.of("https://books.com/registrations/v1/confirmations", "x")),
                claims -> claims.audience((String) null),
                claims -> claims.subject(null),
                claims -> claims.expirationTime(null),
                claims -> claims.claim("given_name", null),
                claims -> claims.claim("family_name", 7))) {
            assertRefused(encrypted(PURPOSE, header(TYPE).build(), claims(change)), false);
        }
    }

    @Test
    void aShortSecretIsRefused() {
        assertThatThrownBy(() -> new ConfirmationTokens(new byte[31], DAY, clock))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void assertRefused(String token, boolean expired) {
        assertThatThrownBy(() -> tokens.applicantOf(token))
                .asInstanceOf(type(UnconfirmedException.class))
                .returns(expired, UnconfirmedException::isExpired);
    }

    private String token() {
        return tokens.tokenOf(applicant());
    }

    private static Applicant applicant() {
        return new Applicant("frodo@books.com", "Frodo", "Baggins");
    }

    private static JWEHeader.Builder header(JOSEObjectType type) {
        return new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM).type(type);
    }

    private static String encrypted(String purpose, JWEHeader header, JWTClaimsSet claims) throws JOSEException {
        EncryptedJWT token = new EncryptedJWT(header, claims);
        token.encrypt(new DirectEncrypter(DerivedKey.of(SECRET, purpose)));
        return token.serialize();
    }

    private JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer("https://books.com/registrations/v1")
                .audience("https://books.com/registrations/v1/confirmations")
                .subject("frodo@books.com")
                .claim("given_name", "Frodo")
                .claim("family_name", "Baggins")
                .expirationTime(Date.from(clock.instant().plus(DAY)));
        change.accept(claims);
        return claims.build();
    }
}
