package kembali.delivery;

import static kembali.store.schema.Tables.DELIVERY;
import static kembali.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kembali.intake.DeliveryRetried;
import kembali.intake.LeadErased;
import kembali.pixel.Health;
import kembali.pixel.Pixel;
import kembali.pixel.PixelDoc;
import kembali.platform.ProbeResult;
import kembali.testing.FakeTarget;
import kembali.testing.FakeTarget.Answer;
import kembali.testing.LeadForm;
import kembali.testing.TestDatabase;
import kembali.testing.TestHub;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Postbacks on their way to a target and what becomes of them there. */
class S2sDeliveryTest extends DeliveryFixture {
    private static final Map<String, String> LOOPBACK = Map.of("KEMBALI_ALLOW_PRIVATE_ADDRESSES", "127.0.0.0/8");
    private static final String SECRET = "key-0123456789abcdef";

    private final FakeTarget target = new FakeTarget();

    @AfterEach
    void closeTarget() {
        target.close();
    }

    private static Pixel pixel(TestHub h, String url, @Nullable String proxy) {
        return pixel(h, Map.of("url", url, "require", "nothing"), Map.of(), proxy);
    }

    private static Pixel pixel(
            TestHub h, Map<String, Object> settings, Map<String, String> credentials, @Nullable String proxy) {
        var pixels = h.hub.pixels();
        return pixels.save(pixels.draft(
                TestHub.WS,
                pixels.newId(),
                h.hub.platforms().get("s2s"),
                "Target",
                true,
                new PixelDoc(settings, List.of(), false, Map.of(), "inherit"),
                credentials,
                proxy,
                null));
    }

    /** A new lead who is won; the row that says so. */
    private static Delivery won(TestHub h, String who) {
        String id = h.submit(LeadForm.clicked(who)).lead().id();
        return h.apply(TestHub.won(id, "2500000", null, false)).deliveries().getFirst();
    }

    private List<FakeTarget.Call> sales() {
        return target.calls().stream().filter(c -> c.query().contains("e=sale")).toList();
    }

    @Test
    void aSaleArrivesAsTheTemplateSays() {
        TestHub h = startedHub(LOOPBACK);
        pixel(h, target.url() + "/pb?e={status}&sum={payout}&cur={currency}&l={lead_id}&u={unheard_of}", null);
        Delivery row = won(h, "Wati");
        eventuallyIs(h, row, DeliveryStatus.ACCEPTED);
        assertThat(sales()).singleElement().satisfies(c -> {
            assertThat(c.method()).isEqualTo("GET");
            assertThat(c.path()).isEqualTo("/pb");
            assertThat(c.query()).isEqualTo("e=sale&sum=2500000&cur=IDR&l=" + row.leadId() + "&u=");
            assertThat(c.headers().get("user-agent")).startsWith("Kembali/");
        });
        assertThat(h.attempts(row)).singleElement().satisfies(a -> {
            assertThat(a.url())
                    .isEqualTo(target.url() + "/pb?" + sales().getFirst().query());
            assertThat(a.httpStatus()).isEqualTo(200);
            assertThat(a.response()).isEqualTo("OK");
        });
        assertThat(h.row(row).answerLost()).isFalse();
    }

    @Test
    void whatTheTargetEchoesOfOurSecretsIsNotStored() {
        TestHub h = startedHub(LOOPBACK);
        target.answers(call -> Answer.of(403, call.headers().get("x-api-key") + " " + call.path() + " hush-token-9"));
        pixel(
                h,
                Map.of("url", target.url() + "/{secret}/pb?e={status}&token=hush-token-9", "require", "nothing"),
                Map.of("headers", "X-Api-Key: " + SECRET, "secret", "path-secret-1"),
                null);
        Delivery row = won(h, "Ratna");
        eventuallyIs(h, row, DeliveryStatus.FAILED);
        assertThat(reason(h.row(row))).isEqualTo("target_refused");
        assertThat(sales().getFirst().headers()).containsEntry("x-api-key", SECRET);
        assertThat(h.attempts(row)).singleElement().satisfies(a -> {
            assertThat(a.response()).isEqualTo("*** /***/pb ***");
            assertThat(a.url()).isEqualTo(target.url() + "/***/pb?e=sale&token=***");
        });
        assertThat(h.row(row) + " " + h.attempts(row)).doesNotContain(SECRET, "path-secret-1", "hush-token-9");
    }

    @Test
    void aRefusalIsFinalAndAFaultIsTriedAgain() {
        TestHub h = startedHub(LOOPBACK);
        target.answers(call -> Answer.of(List.of(404, 500, 429, 408, 200).get(Math.min(call.no(), 5) - 1), "x"));
        pixel(
                h,
                Map.of("url", target.url() + "/?e={status}", "require", "nothing", "statuses", List.of("sale")),
                Map.of(),
                null);
        Delivery refused = won(h, "Satu");
        eventuallyIs(h, refused, DeliveryStatus.FAILED);
        Delivery troubled = won(h, "Dua");
        eventuallyIs(h, troubled, DeliveryStatus.ACCEPTED);
        assertThat(h.attempts(refused)).extracting(Attempt::httpStatus).containsExactly(404);
        assertThat(h.attempts(troubled)).extracting(Attempt::httpStatus).containsExactly(500, 429, 408, 200);
        // 30 s, 2 min and 10 min on a clock of 20 ms for 10 s, with 15 % of jitter.
        List<Attempt> tries = h.attempts(troubled);
        for (int i = 0; i < 3; i++) {
            assertThat(Duration.between(tries.get(i).at(), tries.get(i + 1).at()))
                    .isGreaterThanOrEqualTo(
                            Duration.ofMillis(List.of(51, 204, 1_020).get(i)));
        }
    }

    @Test
    void givesUpAfterTheSeventhTry() {
        TestHub h = hub(LOOPBACK);
        pixel(h, "http://127.0.0.1:9/?e={status}", null);
        Delivery row = won(h, "Tujuh");
        h.store()
                .write(tx -> tx.sql()
                        .update(DELIVERY)
                        .set(DELIVERY.ATTEMPTS, 6)
                        .where(DELIVERY.ID.eq(row.id()))
                        .execute());
        h.hub.start();
        eventuallyIs(h, row, DeliveryStatus.FAILED);
        assertThat(h.attempts(row)).extracting(Attempt::no).containsExactly(7);
        assertThat(reason(h.row(row))).isEqualTo("no_answer");
    }

    @Test
    void anAddressInsideIsRefusedAndNotTriedAgain() {
        TestHub h = startedHub(Map.of());
        pixel(h, "http://169.254.169.254/latest?e={status}", null);
        Delivery metadata = won(h, "Awan");
        eventuallyIs(h, metadata, DeliveryStatus.FAILED);
        assertThat(reason(h.row(metadata))).isEqualTo("blocked_address");
        assertThat(Objects.requireNonNull(h.row(metadata).reason()).message()).contains("cloud metadata service");
        assertThat(h.attempts(metadata)).hasSize(1);
    }

    @Test
    void aNameAndARedirectionIntoTheInsideAreRefused() {
        TestHub strict = startedHub(Map.of());
        pixel(strict, target.url().replace("127.0.0.1", "localhost") + "/?e={status}", null);
        Delivery byName = won(strict, "Nama");
        eventuallyIs(strict, byName, DeliveryStatus.FAILED);
        assertThat(reason(strict.row(byName))).isEqualTo("blocked_address");
        assertThat(target.calls()).isEmpty();
        close(strict);

        TestHub h = TestHub.open(TestDatabase.sqlite(folder.resolve("second")), clock, new HashMap<>(LOOPBACK));
        try (h) {
            h.hub.start();
            target.answers(call -> new Answer(302, Map.of("Location", "http://10.0.0.1/"), ""));
            pixel(h, target.url() + "/?e={status}", null);
            Delivery redirected = won(h, "Alih");
            eventuallyIs(h, redirected, DeliveryStatus.FAILED);
            assertThat(reason(h.row(redirected))).isEqualTo("blocked_address");
            assertThat(sales()).hasSize(1);
        }
    }

    @Test
    void aProxyThatFailsIsAReasonOfItsOwnAndTriedAgain() {
        TestHub h = startedHub(LOOPBACK);
        Pixel pixel = pixel(h, target.url() + "/?e={status}", "http://ana:s3cret@127.0.0.1:9");
        Delivery row = won(h, "Wakil");
        eventually(() -> assertThat(reason(h.row(row))).isEqualTo("proxy_failed"));
        assertThat(h.row(row).status()).isEqualTo(DeliveryStatus.PENDING);
        assertThat(h.attempts(row).toString() + h.row(row)).doesNotContain("s3cret");
        assertThat(target.calls()).isEmpty();
        // The same without the proxy: what waited is sent.
        var pixels = h.hub.pixels();
        pixels.save(pixels.draft(
                TestHub.WS, pixel.id(), pixel.platform(), "Target", true, pixel.doc(), Map.of(), null, h.now(pixel)));
        eventuallyIs(h, row, DeliveryStatus.ACCEPTED);
    }

    @Test
    void theTestSaysWhichPartOfTheWayFails() throws InterruptedException {
        TestHub h = hub(LOOPBACK);
        assertThat(test(h, target.url() + "/", null)).isEqualTo("reachable");
        assertThat(test(h, target.url() + "/", "http://ana:s3cret@127.0.0.1:9")).isEqualTo("proxy_unreachable");
        assertThat(test(h, "http://127.0.0.1:9/", null)).isEqualTo("unreachable");
        assertThat(test(h, "http://10.0.0.1/", null)).isEqualTo("blocked_address");
        assertThat(target.calls()).extracting(FakeTarget.Call::method).containsExactly("HEAD");
        assertThat(h.rows()).isEmpty();
    }

    private static String test(TestHub h, String url, @Nullable String proxy) throws InterruptedException {
        ProbeResult result = h.hub.testConnection().test(pixel(h, url, proxy));
        assertThat(result.ok()).isEqualTo(result.fix().isEmpty());
        return result.verdict();
    }

    @Test
    void aTargetInTroubleClosesItsOwnLaneOnly() {
        TestHub h = startedHub(LOOPBACK);
        target.answers(call -> Answer.of(503, ""));
        Pixel bad = pixel(h, target.url() + "/bad?e={status}", null);
        try (var well = new FakeTarget()) {
            pixel(h, well.url() + "/good?e={status}", null);
            for (int i = 0; i < 8; i++) {
                h.submit(LeadForm.clicked("Ramai" + i));
            }
            eventually(() -> assertThat(well.calls()).hasSize(8));
            eventually(() -> assertThat(h.now(bad).health().state()).isEqualTo(Health.State.THROTTLED));
        }
    }

    @Test
    void anErasedPersonsAddressesAreEmptied() {
        TestHub h = startedHub(LOOPBACK);
        pixel(h, target.url() + "/pb/{lead_id}?e={status}", null);
        Delivery row = won(h, "Hapus");
        eventuallyIs(h, row, DeliveryStatus.ACCEPTED);
        String lead = Objects.requireNonNull(row.leadId());
        assertThat(h.attempts(row).getFirst().url()).contains(lead);
        h.apply(new LeadErased(TestHub.WS, lead));
        assertThat(h.attempts(row).getFirst().url()).isEmpty();
        assertThat(h.row(row).leadId()).isNull();
    }

    @Test
    void aWaitingRowFollowsTheAddressItsOwnerCorrects() {
        TestHub h = startedHub(LOOPBACK);
        Pixel pixel = pixel(h, target.url() + "/old?e={status}", null);
        h.hub.pixels().pause(pixel, true);
        Delivery row = won(h, "Pindah");
        var pixels = h.hub.pixels();
        pixels.save(pixels.draft(
                TestHub.WS,
                pixel.id(),
                pixel.platform(),
                "Target",
                true,
                new PixelDoc(
                        Map.of("url", target.url() + "/new?e={status}&sum={payout}", "require", "nothing"),
                        List.of(),
                        false,
                        Map.of(),
                        "inherit"),
                Map.of(),
                null,
                h.now(pixel)));
        h.hub.pixels().pause(h.now(pixel), false);
        eventuallyIs(h, row, DeliveryStatus.ACCEPTED);
        assertThat(sales())
                .singleElement()
                .satisfies(c -> assertThat(c.path() + "?" + c.query()).isEqualTo("/new?e=sale&sum=2500000"));
    }

    @Test
    void whatTheBuyerDoesNotCallSuccessIsNone() {
        TestHub h = startedHub(LOOPBACK);
        target.answers(call -> Answer.of(200, "{\"status\":\"unknown click\"}"));
        Pixel pixel = pixel(
                h,
                Map.of(
                        "url",
                        target.url() + "/?e={status}",
                        "require",
                        "nothing",
                        "successPath",
                        "status",
                        "successEquals",
                        "ok"),
                Map.of(),
                null);
        Delivery row = won(h, "Jujur");
        eventuallyIs(h, row, DeliveryStatus.FAILED);
        assertThat(reason(h.row(row))).isEqualTo("answer_says_no");
        target.answers(call -> Answer.of(200, "{\"status\":\"ok\"}"));
        h.apply(new DeliveryRetried(TestHub.WS, row.id()));
        eventuallyIs(h, row, DeliveryStatus.ACCEPTED);
        assertThat(pixel.id()).isEqualTo(row.pixelId());
    }
}
