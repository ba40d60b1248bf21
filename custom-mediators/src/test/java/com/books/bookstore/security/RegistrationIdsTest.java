package com.books.bookstore.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class RegistrationIdsTest {

    private static final RegistrationIds IDS = new RegistrationIds("a secret of at least 32 characters".getBytes(StandardCharsets.UTF_8));

    @Property(tries = 200)
    void anIdLeadsBackToItsUserName(@ForAll @StringLength(min = 1, max = 80) String name) {
        String userName = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        String id = IDS.idOf(userName);

        assertThat(id).matches("[A-Za-z0-9_-]{1,512}");
        assertThat(IDS.userNameIn(id)).contains(userName);
    }

    @Property(tries = 200)
    void anIdThatIsChangedAnywhereIsNone(@ForAll @IntRange(max = 57) int position, @ForAll @IntRange(min = 1, max = 63) int by) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        StringBuilder id = new StringBuilder(IDS.idOf("frodo@books.com"));
        id.setCharAt(position, alphabet.charAt((alphabet.indexOf(id.charAt(position)) + by) % 64));

        assertThat(IDS.userNameIn(id.toString())).isEmpty();
    }

    @Test
    void theSameUserNameHasNewIdsThatDoNotShowIt() {
        assertThat(IDS.idOf("frodo@books.com")).isNotEqualTo(IDS.idOf("frodo@books.com"));
        assertThat(IDS.idOf("a".repeat(254))).hasSizeLessThanOrEqualTo(512);
    }

    @Test
    void everyNodeWithTheSecretUnderstandsAnIdAndNoOther() {
        String id = IDS.idOf("frodo@books.com");

        assertThat(new RegistrationIds("a secret of at least 32 characters".getBytes(StandardCharsets.UTF_8)).userNameIn(id)).isPresent();
        assertThat(new RegistrationIds("another secret of 32 characters..".getBytes(StandardCharsets.UTF_8)).userNameIn(id)).isEmpty();
        assertThat(RegistrationIds.temporary().userNameIn(id)).isEmpty();
    }

    @Test
    void nonsenseIsNoId() {
        for (String id : new String[] {"", "x", "====", "a b", "ä", "A".repeat(16), "A".repeat(600), IDS.idOf("a@b.cd") + "="}) {
            assertThat(IDS.userNameIn(id)).as(id).isEmpty();
        }
    }

    @Test
    void aShortSecretIsRefused() {
        assertThatThrownBy(() -> new RegistrationIds(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }
}
