package kembali.platform.googleads;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Stream;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import kembali.identity.Person;
import kembali.platform.ConversionEvent;
import kembali.platform.Destination;
import kembali.platform.Platform;
import kembali.platform.PlatformContract;
import kembali.platform.Prepared;
import kembali.platform.SettingsForm;
import kembali.platform.Strategy;
import kembali.platform.TestEvent;
import kembali.support.Money;
import org.junit.jupiter.api.Test;

/** What both transports of Google Ads promise. */
abstract class GoogleAdsContract extends PlatformContract {
    static final Map<String, String> REFRESH_TOKEN = Map.of(
            "refreshToken", "1//0gTestRefreshTokenNotReal",
            "clientId", "1234567890-test.apps.googleusercontent.com",
            "clientSecret", "GOCSPX-TestSecretNotReal");

    static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    protected Platform platform() {
        return new GoogleAdsPlatform();
    }

    @Override
    protected Map<String, String> credentials() {
        return REFRESH_TOKEN;
    }

    @Override
    protected ConversionEvent goodEvent() {
        return event("987654321", "won", clicked("Cj0KTEST"), BrowserIds.NONE);
    }

    /** Google recognises an event by an id of its own making. */
    @Override
    protected String traceOf(ConversionEvent event) {
        return "kbl-7f3a-won";
    }

    /** Access is proven one way or the other, not both. */
    @Override
    protected boolean fitsTheOthers(SettingsForm.Field field) {
        return !field.name().equals("serviceAccountJson");
    }

    static ClickIds clicked(String gclid) {
        return ClickIds.NONE.with(
                ClickIds.GCLID, ClickId.of(gclid, NOW.minus(Duration.ofHours(2)).toEpochMilli()));
    }

    /** The pixel with one more setting. */
    protected final Destination openWith(String setting, Object value) {
        Map<String, Object> settings = new HashMap<>(settings());
        settings.put(setting, value);
        return platform().destination(settings, credentials(), ENDPOINTS);
    }

    /** The bodies of the golden requests. */
    protected final List<String> goldenBodies() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/platform", goldenFolder(), "encode"))) {
            List<String> bodies = files.filter(file -> file.endsWith("request.json"))
                    .map(GoogleAdsContract::read)
                    .filter(json -> !json.has("skip"))
                    .map(json -> json.path("body").toString())
                    .toList();
            assertThat(bodies).hasSizeGreaterThan(30);
            return bodies;
        }
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    protected static ConversionEvent withOrder(ConversionEvent event, String leadId, String orderId, Money value) {
        return TestEvent.like(event)
                .leadId(leadId)
                .value(value)
                .orderId(orderId)
                .event();
    }

    @Test
    void leavesTheAccessTokenToDelivery() {
        var request = open().request(List.of(ready(goodEvent())), null);
        assertThat(request.headers())
                .containsEntry("Content-Type", "application/json")
                .doesNotContainKey("Authorization");
        assertThat(asked(open().probe(NOW)).headers()).doesNotContainKey("Authorization");
    }

    @Test
    void sendsTheSameInTestModeBecauseGoogleHasNoTestCodes() {
        var ready = List.of(ready(goodEvent()));
        assertThat(open().request(ready, "TEST1")).isEqualTo(open().request(ready, null));
        assertThat(open().request(ready, "TEST1").body()).contains("\"validateOnly\":false");
    }

    @Test
    void sendsTheSameInBothStrategies() {
        assertThat(open().prepare(goodEvent(), Strategy.SEND_ALL, NOW))
                .isEqualTo(open().prepare(goodEvent(), Strategy.STRICT, NOW));
    }

    @Test
    void knowsItsClick() {
        assertThat(ready(goodEvent()).clickedAt()).isEqualTo(NOW.minus(Duration.ofHours(2)));
        assertThat(ready(event("987654321", "won", ClickIds.NONE, BrowserIds.NONE))
                        .clickedAt())
                .isNull();
    }

    @Test
    void reportsEveryStatusButLostAndPageViewsByDefault() {
        for (String status : List.of("new", "contacted", "qualified", "won", "deposit")) {
            assertThat(open().defaultEvent(status)).isEqualTo("987654321");
        }
        assertThat(open().defaultEvent("lost")).isNull();
        assertThat(open().defaultEvent("pageview")).isNull();
    }

    @Test
    void reportsOnlyTheStatusesTheActionServes() {
        Destination pixel = openWith("actionStatuses", List.of("won", "invoice"));
        assertThat(pixel.defaultEvent("won")).isEqualTo("987654321");
        assertThat(pixel.defaultEvent("invoice")).isEqualTo("987654321");
        assertThat(pixel.defaultEvent("qualified")).isNull();
        assertThat(pixel.defaultEvent("pageview")).isNull();
        assertThat(openWith("actionStatuses", List.of()).defaultEvent("qualified"))
                .isEqualTo("987654321");
    }

    @Test
    void readsTheActionIdOutOfAPastedAddress() {
        Destination pixel =
                openWith("actionId", "https://ads.google.com/aw/conversions/detail?ocid=1&ctId=555666777&euid=2&__c=3");
        assertThat(pixel.defaultEvent("won")).isEqualTo("555666777");
    }

    @Test
    void writesTheSameTimeInEveryZone() {
        Prepared.Ready usual = ready(goodEvent());
        TimeZone before = TimeZone.getDefault();
        try {
            for (String zone : List.of("Asia/Jakarta", "America/St_Johns", "Pacific/Kiritimati", "Europe/Berlin")) {
                TimeZone.setDefault(TimeZone.getTimeZone(zone));
                assertThat(ready(goodEvent())).as(zone).isEqualTo(usual);
            }
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void makesTransactionIdsThatGoogleTakesOutOfAnything() throws IOException {
        List<String> orders = List.of(
                "1",
                "123456",
                "null",
                "INV-9",
                "INV/9",
                "INV 9",
                "ö",
                "😀",
                "\ud800",
                "a@b.c",
                "-",
                "x".repeat(100_000));
        List<String> leads = List.of("ld_7f3a", "ld_01kag3x0j1e9x8m2v5q7r4t6wz", "123", "vs_9");
        java.util.Set<String> seen = new java.util.HashSet<>();
        for (String lead : leads) {
            for (String order : orders) {
                Prepared prepared = open().prepare(
                                withOrder(goodEvent(), lead, order, new Money(java.math.BigDecimal.ONE, "IDR")),
                                Strategy.STRICT,
                                NOW);
                JsonNode json = JSON.readTree(((Prepared.Ready) prepared).json());
                String id =
                        json.path("transactionId").asText(json.path("orderId").asText());
                assertThat(id).matches("kbl-[A-Za-z0-9-]{1,60}").hasSizeLessThanOrEqualTo(64);
                assertThat(seen.add(id)).as("%s %.20s", lead, order).isTrue();
            }
        }
    }

    @Test
    void writesAmountsInPlainNotation() {
        for (String amount : List.of("0", "0.00", "1E+3", "1500000", "0.10", "1E-7", "99999999999999999999.99")) {
            String json = ready(
                            withOrder(goodEvent(), "ld_7f3a", "o", new Money(new java.math.BigDecimal(amount), "IDR")))
                    .json();
            assertThat(json).containsPattern("\"conversionValue\":[0-9]+(\\.[0-9]*[1-9])?,");
        }
        assertThat(ready(withOrder(
                                goodEvent(), "ld_7f3a", "o", new Money(new java.math.BigDecimal("1500000.00"), "IDR")))
                        .json())
                .contains("\"conversionValue\":1500000,");
    }

    @Test
    void neverSendsTheHashOfNothing() {
        for (String nothing :
                List.of("", " ", "\t", "\u00a0", "@", "+", "+@gmail.com", "...@gmail.com", "Mr.", "dr. ")) {
            Person odd = new Person(
                    nothing, nothing, nothing, nothing, nothing, nothing, nothing, nothing, nothing, null, null, null);
            ConversionEvent event =
                    with(goodEvent(), goodEvent().occurredAt(), odd, goodEvent().consent());
            assertThat(ready(event).json()).doesNotContain("e3b0c442").doesNotContain("hashed", "userData");
        }
    }

    @Test
    void keepsTheLargestRequestUnderFourMegabytes() {
        Person person = new Person(
                "Budi Santoso",
                "budi@example.co.id",
                null,
                "+6281234567890",
                null,
                null,
                "1".repeat(20),
                "ID",
                null,
                null,
                null,
                null);
        long click = NOW.minusSeconds(7200).toEpochMilli();
        ClickIds clicks = ClickIds.NONE
                .with(ClickIds.GCLID, ClickId.of("C".repeat(500), click))
                .with(ClickIds.GBRAID, ClickId.of("G".repeat(500), click));
        ConversionEvent largest = withOrder(
                with(
                        event("9".repeat(19), "negotiation", clicks, BrowserIds.NONE),
                        NOW.minusMillis(1),
                        person,
                        new kembali.identity.Consent(
                                kembali.identity.Consent.Choice.GRANTED, kembali.identity.Consent.Choice.DENIED)),
                "ld_01kag3x0j1e9x8m2v5q7r4t6wz",
                "x".repeat(64),
                new Money(new java.math.BigDecimal("9".repeat(100)), "IDR"));
        Prepared.Ready ready =
                (Prepared.Ready) openWith("sendBraidWithGclid", true).prepare(largest, Strategy.STRICT, NOW);
        assertThat(ready.json()).contains("C".repeat(500), "G".repeat(500));
        int body = open().request(java.util.Collections.nCopies(2000, ready), null)
                .body()
                .length();
        assertThat(body).isLessThan(4_000_000);
    }

    @Test
    void namesItsBudgetByTheCloudProjectWithoutSayingWhich() {
        String budget = open().budget();
        var sameProject = new HashMap<>(REFRESH_TOKEN);
        sameProject.put("clientId", "1234567890-other.apps.googleusercontent.com");
        var otherProject = new HashMap<>(REFRESH_TOKEN);
        otherProject.put("clientId", "999-test.apps.googleusercontent.com");
        assertThat(budget).isNotNull().doesNotContain("1234567890");
        assertThat(platform().destination(settings(), sameProject, ENDPOINTS).budget())
                .isEqualTo(budget);
        assertThat(platform().destination(settings(), otherProject, ENDPOINTS).budget())
                .isNotEqualTo(budget);
    }

    @Test
    void probesNothingWhenItIsHalfDone() {
        Destination pixel = platform().destination(Map.of(), Map.of(), ENDPOINTS);
        assertThat(answered(pixel.probe(NOW), new kembali.platform.PlatformReply(200, Map.of(), "{}"))
                        .verdict())
                .isEqualTo("missing_configuration");
    }

    @Test
    void hashesTheSameUnderEveryLanguage() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.of("tr", "TR"));
            assertThat(GoogleIdentity.email("TITI@EXAMPLE.ID")).isEqualTo("titi@example.id");
        } finally {
            Locale.setDefault(before);
        }
    }

    static Instant now() {
        return NOW;
    }
}
