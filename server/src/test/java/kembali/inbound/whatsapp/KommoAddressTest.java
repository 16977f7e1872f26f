package kembali.inbound.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import kembali.inbound.Fact;
import kembali.inbound.RawRequest;
import kembali.inbound.SourceSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The access token goes to the account's own host and nowhere else. */
class KommoAddressTest {
    @ParameterizedTest
    @CsvSource({"tokoku, 4321, tokoku", "Toko-Ku2, 4321, toko-ku2", "a, 1, a"})
    void asksTheAccountsHost(String subdomain, String contact, String label) {
        assertThat(facts(subdomain, contact))
                .singleElement()
                .isInstanceOfSatisfying(
                        Fact.Fetch.class,
                        fetch -> assertThat(fetch.url())
                                .isEqualTo("https://" + label + ".kommo.com/api/v4/contacts/" + contact));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.com/",
                "evil.com#",
                "evil.com?",
                "user@evil",
                "a.b",
                "a:80",
                "-a",
                "a-",
                "a b",
                "a\\b",
                "a%2f",
                "тоko",
                "a\nb",
                "..",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                ""
            })
    void asksNobodyWhenTheNameCouldLeadElsewhere(String subdomain) {
        assertThat(facts(subdomain, "4321")).singleElement().isInstanceOf(Fact.Ignored.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../leads", "1?x=1", "1/2", "-1", "", "99999999999999999999999"})
    void asksForNothingButAContact(String contact) {
        assertThat(facts("tokoku", contact)).singleElement().isInstanceOf(Fact.Ignored.class);
    }

    private static List<Fact> facts(String subdomain, String contact) {
        String body = "message[add][0][id]=1&message[add][0][type]=incoming&message[add][0][contact_id]="
                + encode(contact) + "&account[subdomain]=" + encode(subdomain);
        var request = new RawRequest(
                "POST",
                "https://hub.example.com/in/kommo/y",
                "",
                Map.of("content-type", "application/x-www-form-urlencoded"),
                body.getBytes(StandardCharsets.UTF_8));
        return new KommoKind()
                .read(request, new SourceSettings("ID", null, Map.of(), Map.of()), Instant.EPOCH)
                .facts();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
