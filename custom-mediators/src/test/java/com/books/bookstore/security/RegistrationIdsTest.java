package com.books.bookstore.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class RegistrationIdsTest {

    private static final RegistrationIds IDS =
            new RegistrationIds("a secret of at least 32 characters".getBytes(StandardCharsets.UTF_8));

    @Property(tries = 200)
    void anIdLeadsBackToItsUserName(@ForAll @StringLength(min = 1, max = 80) String name) {
        String userName = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\n', ' ');
        String id = IDS.idOf(userName, Optional.empty());

        assertThat(id).matches("[A-Za-z0-9_-]{1,512}");
        RegistrationIds.Content content = IDS.contentOf(id).orElseThrow();
        assertThat(content.userName()).isEqualTo(userName);
        assertThat(content.requestId()).isEmpty();
    }

    @Property(tries = 200)
    void anIdThatIsChangedAnywhereIsNone(
            @ForAll @IntRange(max = 57) int position, @ForAll @IntRange(min = 1, max = 63) int by) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        StringBuilder id = new StringBuilder(IDS.idOf("frodo@books.com", Optional.empty()));
        id.setCharAt(position, alphabet.charAt((alphabet.indexOf(id.charAt(position)) + by) % 64));

        assertThat(IDS.contentOf(id.toString())).isEmpty();
    }

    @Test
    void anIdRemembersTheRequest() {
        RegistrationIds.Content content =
                IDS.contentOf(IDS.idOf("frodo@books.com", Optional.of("r-1"))).orElseThrow();

        assertThat(content.userName()).isEqualTo("frodo@books.com");
        assertThat(content.requestId()).contains("r-1");
    }

    @Test
    void theSameUserNameHasNewIdsThatDoNotShowIt() {
        assertThat(IDS.idOf("frodo@books.com", Optional.empty()))
                .isNotEqualTo(IDS.idOf("frodo@books.com", Optional.empty()));
        assertThat(IDS.idOf("a".repeat(254), Optional.of("0".repeat(36)))).hasSizeLessThanOrEqualTo(512);
    }

    @Test
    void everyNodeWithTheSecretUnderstandsAnIdAndNoOther() {
        String id = IDS.idOf("frodo@books.com", Optional.empty());

        assertThat(new RegistrationIds("a secret of at least 32 characters".getBytes(StandardCharsets.UTF_8))
                        .contentOf(id))
                .isPresent();
        assertThat(new RegistrationIds("another secret of 32 characters..".getBytes(StandardCharsets.UTF_8))
                        .contentOf(id))
                .isEmpty();
    }

    @Test
    void nonsenseIsNoId() {
        for (String id : new String[] {
            "", "x", "====", "a b", "ä", "A".repeat(16), "A".repeat(600), IDS.idOf("a@b.cd", Optional.empty()) + "="
        }) {
            assertThat(IDS.contentOf(id)).as(id).isEmpty();
        }
    }

    @Test
    void textOfAnyLengthThatWasNotMadeHereIsNoId() {
        for (int length = 0; length <= 512; length++) {
            assertThat(IDS.contentOf("A".repeat(length))).as("%d", length).isEmpty();
            assertThat(IDS.contentOf("1".repeat(length))).as("%d", length).isEmpty();
        }
        assertThat(IDS.contentOf("11111111-1111-1111-1111-111111111111")).isEmpty();
    }

    @Test
    void aShortSecretIsRefused() {
        assertThatThrownBy(() -> new RegistrationIds(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }
}
