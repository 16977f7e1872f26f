package kembali.lead;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import kembali.identity.Person;
import kembali.support.Secrets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTokensTest {
    private final SearchTokens search = new SearchTokens(new Secrets(new byte[Secrets.KEY_BYTES]));
    private final Lead budi =
            lead(1, "Budi Santoso", "budi.s@example.co.id", null, "+6281234567890", "CV Maju", "crm-77");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bu",
                "budi",
                "BUDI",
                " budi ",
                "santo",
                "budi santoso",
                "santoso bud",
                "Budi, S.",
                "budi.s@example.co.id",
                "example",
                "maju",
                "crm-77",
                "crm 77",
                "budi 0812"
            })
    void findsByTheBeginningOfAnyWord(String query) {
        assertThat(finds(budi, query)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"udi", "budiman", "budi wati", "jaya", "crm-79", "budi 0813"})
    void doesNotFindByAnythingElse(String query) {
        assertThat(finds(budi, query)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "081234567890",
                "0812-3456-7890",
                "0812 3456 7890",
                "+6281234567890",
                "+62 812-3456-7890",
                "6281234567890",
                "81234567890",
                "0062 812 3456 7890",
                "(0812) 3456 7890",
                "0812",
                "0812-34",
                "62812",
                "7890",
                "+62"
            })
    void findsAPhoneNumberHoweverItIsSpelled(String query) {
        assertThat(finds(budi, query)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0813-3456-7890", "081234567891", "3456", "+65 8123 4567"})
    void doesNotTakeOnePhoneNumberForAnother(String query) {
        assertThat(finds(budi, query)).isFalse();
    }

    @Test
    void findsNumbersOfCountriesWhoseCodeHasOneOrThreeDigits() {
        Lead american = lead(1, null, null, null, "+14155550123", null, null);
        assertThat(finds(american, "(415) 555-0123")).isTrue();
        assertThat(finds(american, "+1 415 555")).isTrue();
        Lead emirati = lead(1, null, null, null, "+971501234567", null, null);
        assertThat(finds(emirati, "050 123 4567")).isTrue();
    }

    @Test
    void findsANumberThatCouldNotBeReadAsItWasTyped() {
        Lead typed = lead(1, null, null, "0812-34", null, null, null);
        assertThat(finds(typed, "0812-34")).isTrue();
        assertThat(finds(typed, "081234")).isTrue();
    }

    @Test
    void findsReferencesThatLookLikeNumbers() {
        Lead numbered = lead(1, null, null, null, null, null, "0077-12345");
        for (String query : new String[] {"0077-12345", "0077", "77-12345", "12345", "007712345"}) {
            assertThat(finds(numbered, query)).as(query).isTrue();
        }
    }

    @Test
    void overlooksDiacritics() {
        Lead jose = lead(1, "José Núñez", null, null, null, null, null);
        assertThat(finds(jose, "jose nunez")).isTrue();
        assertThat(finds(jose, "José")).isTrue();
        assertThat(finds(lead(1, "Jose", null, null, null, null, null), "josé")).isTrue();
        assertThat(finds(lead(1, "日本 太郎", null, null, null, null, null), "日本")).isTrue();
    }

    @Test
    void findsLongWordsByTheirFirstTwelveLetters() {
        Lead lead = lead(1, "Krishnamurthyswamy", null, null, null, null, null);
        assertThat(finds(lead, "Krishnamurthyswamy")).isTrue();
        assertThat(finds(lead, "krishnamurth")).isTrue();
    }

    @Test
    void asksNothingOfAQueryWithoutAWord() {
        assertThat(search.ofQuery(1, " ")).isEmpty();
        assertThat(search.ofQuery(1, "b")).isEmpty();
        assertThat(search.ofQuery(1, "-- !")).isEmpty();
    }

    @Test
    void keepsWorkspacesApart() {
        assertThat(search.of(budi)).doesNotContainAnyElementsOf(search.ofQuery(2, "budi"));
    }

    private boolean finds(Lead lead, String query) {
        Set<Long> wanted = search.ofQuery(lead.workspaceId(), query);
        return !wanted.isEmpty() && search.of(lead).containsAll(wanted);
    }

    private static Lead lead(
            int ws,
            @Nullable String name,
            @Nullable String email,
            @Nullable String phone,
            @Nullable String e164,
            @Nullable String company,
            @Nullable String ref) {
        var person = new Person(name, email, phone, e164, null, null, null, null, null, null, company, null);
        Instant at = Instant.parse("2026-11-20T03:00:00Z");
        var details = new LeadDetails(person, "medium", "website", null, null, ref, null, null, null);
        return new Lead(ws, "ld_1", 1, "ABC2345", "new", at, details, at, at);
    }
}
