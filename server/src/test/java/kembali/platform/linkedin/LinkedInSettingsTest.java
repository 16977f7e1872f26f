package kembali.platform.linkedin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kembali.support.FieldError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkedInSettingsTest {
    private static final Map<String, String> TOKEN = Map.of("accessToken", "AQXTestTokenNotReal1234567");
    private static final Map<String, String> GRANT = Map.of(
            "refreshToken", "AQYTestRefreshNotReal1234567",
            "clientId", "86testclientid",
            "clientSecret", "WPL_AP1.TestSecretNotReal");

    @Test
    void takesIdsAsTextNumberOrUrn() {
        for (Object account : List.of("512345678", 512345678, 512345678L, "urn:li:sponsoredAccount:512345678")) {
            assertThat(check("adAccountId", account)).isEmpty();
            assertThat(LinkedInSettings.of(with("adAccountId", account), TOKEN).adAccountId())
                    .isEqualTo("512345678");
        }
        for (Object id : List.of("104012", 104012, "urn:lla:llaPartnerConversion:104012")) {
            assertThat(check("conversionIds", Map.of("LEAD", id))).isEmpty();
            assertThat(LinkedInSettings.of(with("conversionIds", Map.of("LEAD", id)), TOKEN)
                            .conversionIds())
                    .containsExactly(Map.entry("LEAD", "104012"));
        }
    }

    @Test
    void refusesAccountsThatAreNoNumbers() {
        for (Object wrong : List.of("", "act 1", " 1", "1 ", "0", "1.5", 1.5, true, "१२३", "1".repeat(20))) {
            assertThat(check("adAccountId", wrong)).singleElement().satisfies(error -> {
                assertThat(error.field()).isEqualTo("settings.adAccountId");
                assertThat(error.message()).contains("512345678");
            });
        }
    }

    @Test
    void refusesConversionIdsThatAreNoNumbersByTheirCategory() {
        for (Object wrong :
                List.of("abc", "1 2", "urn:li:llaPartnerConversion:104012", 1.5, true, List.of("1"), "-1")) {
            assertThat(check("conversionIds", Map.of("LEAD", "1", "PURCHASE", wrong)))
                    .singleElement()
                    .satisfies(error -> {
                        assertThat(error.field()).isEqualTo("settings.conversionIds.PURCHASE");
                        assertThat(error.message()).contains("PURCHASE", "104012");
                    });
        }
    }

    @Test
    void refusesWhatIsNoMap() {
        for (Object wrong : List.of("104012", 104012, List.of("104012"), Map.of(), Map.of("LEAD", ""))) {
            assertThat(check("conversionIds", wrong)).singleElement().satisfies(error -> {
                assertThat(error.field()).isEqualTo("settings.conversionIds");
                assertThat(error.message()).contains("{\"LEAD\":\"104012\"");
            });
        }
    }

    @Test
    void passesOverAnEmptiedField() {
        Map<String, Object> ids = new HashMap<>();
        ids.put("LEAD", "104012");
        ids.put("PURCHASE", "");
        ids.put("CONTACT", null);
        assertThat(check("conversionIds", ids)).isEmpty();
        assertThat(LinkedInSettings.of(with("conversionIds", ids), TOKEN).conversionIds())
                .containsOnlyKeys("LEAD");
    }

    @Test
    void refusesOneIdForTwoCategoriesNamingBoth() {
        Map<String, Object> ids = new LinkedHashMap<>();
        ids.put("PURCHASE", "urn:lla:llaPartnerConversion:104012");
        ids.put("LEAD", 104012);
        ids.put("CONTACT", "104013");
        assertThat(check("conversionIds", ids)).singleElement().satisfies(error -> {
            assertThat(error.field()).isEqualTo("settings.conversionIds.PURCHASE");
            assertThat(error.message()).contains("104012 already serves LEAD", "PURCHASE", "for example 104013");
        });
    }

    @Test
    void refusesACategoryInOtherCapitals() {
        assertThat(check("conversionIds", Map.of("Lead", "1"))).singleElement().satisfies(error -> {
            assertThat(error.field()).isEqualTo("settings.conversionIds.Lead");
            assertThat(error.message()).contains("Did you mean LEAD?");
        });
        assertThat(check("conversionIds", Map.of("Archive", "1", "Closing", "2")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"202609", "202601", "202610", "202712", ""})
    void takesVersionsThatLiveOrMayCome(String version) {
        assertThat(check("apiVersion", version)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "202511", "202510", "202401", "202512", "2026-09", "202613", "202600", "20260", "v202609", "202609 "
            })
    void refusesVersionsThatEndedOrNeverWere(String version) {
        assertThat(check("apiVersion", version)).singleElement().satisfies(error -> {
            assertThat(error.field()).isEqualTo("settings.apiVersion");
            assertThat(error.message()).contains("202609");
        });
    }

    @Test
    void saysWhenAVersionEnded() {
        assertThat(check("apiVersion", "202511").toString()).contains("ended 202511 on 2026-11-16");
        assertThat(check("apiVersion", "202512").toString()).contains("never had a version 202512");
    }

    @Test
    void takesHashedNamesOnlyWithAVersionThatKnowsThem() {
        Map<String, Object> settings = with("hashNames", true);
        assertThat(LinkedInSettings.check(settings, TOKEN)).isEmpty();
        settings.put("apiVersion", "202608");
        assertThat(LinkedInSettings.check(settings, TOKEN)).singleElement().satisfies(error -> {
            assertThat(error.field()).isEqualTo("settings.hashNames");
            assertThat(error.message()).contains("202609", "202608");
        });
        assertThat(check("hashNames", "yes")).extracting(FieldError::field).containsExactly("settings.hashNames");
    }

    @Test
    void takesATokenOrAGrantOrBoth() {
        Map<String, String> both = new HashMap<>(TOKEN);
        both.putAll(GRANT);
        for (Map<String, String> right : List.of(TOKEN, GRANT, both)) {
            assertThat(LinkedInSettings.check(settings(), right)).isEmpty();
        }
    }

    @Test
    void asksForAllPartsOfAGrant() {
        Map<String, String> half = new HashMap<>(TOKEN);
        half.put("clientId", "86testclientid");
        assertThat(LinkedInSettings.check(settings(), half))
                .extracting(FieldError::field)
                .containsExactly("credentials.refreshToken", "credentials.clientSecret");
        assertThat(LinkedInSettings.check(settings(), Map.of()))
                .extracting(FieldError::field)
                .containsExactly("credentials.accessToken");
    }

    @Test
    void refusesSecretsThatWouldBreakTheHeaderWithoutRepeatingThem() {
        for (String wrong : List.of(" ", "AQX 1", "AQX1\nsecret", "AQXé", "Bearer AQX1", "\tAQX1", "x".repeat(4097))) {
            assertThat(LinkedInSettings.check(settings(), Map.of("accessToken", wrong)))
                    .singleElement()
                    .satisfies(error -> {
                        assertThat(error.field()).isEqualTo("credentials.accessToken");
                        assertThat(error.message())
                                .contains("AQXExampleAccessTokenOnly")
                                .doesNotContain("secret");
                    });
        }
        assertThat(LinkedInSettings.check(settings(), Map.of("accessToken", "x".repeat(2500))))
                .isEmpty();
    }

    private static Map<String, Object> settings() {
        return new HashMap<>(Map.of("adAccountId", "512345678", "conversionIds", Map.of("LEAD", "104012")));
    }

    private static Map<String, Object> with(String field, Object value) {
        Map<String, Object> settings = settings();
        settings.put(field, value);
        return settings;
    }

    private static List<FieldError> check(String field, Object value) {
        return LinkedInSettings.check(with(field, value), TOKEN);
    }
}
