package kembali.testing;

import static kembali.store.schema.Tables.DELIVERY;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kembali.Hub;
import kembali.account.Workspaces;
import kembali.conversion.ConversionSettings;
import kembali.delivery.Attempt;
import kembali.delivery.Delivery;
import kembali.delivery.SyncLog;
import kembali.inbound.Kinds;
import kembali.intake.Intake;
import kembali.intake.LeadResult;
import kembali.intake.StatusReached;
import kembali.lead.Lead;
import kembali.pixel.Pixel;
import kembali.pixel.PixelDoc;
import kembali.platform.Endpoints;
import kembali.store.Store;
import kembali.support.Secrets;
import kembali.support.Settings;
import kembali.visitor.Visitor;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** A hub without the web server in front of it, and the short words tests use with it. */
public final class TestHub implements AutoCloseable {
    public static final int WS = Workspaces.FIRST;
    public static final String TOKEN = "EAAtestTOKENthatNobodyMaySee0123456789";
    private static final Vertx VERTX = Vertx.vertx();

    public final Hub hub;
    public final Secrets secrets;

    private TestHub(Hub hub, Secrets secrets) {
        this.hub = hub;
        this.secrets = secrets;
    }

    /** Opens it with the defaults of a test: no rate limit, waits of milliseconds. */
    public static TestHub open(TestDatabase database, InstantSource clock) {
        return open(database, clock, Map.of());
    }

    /** Opens it, not yet delivering. @param environment what differs from the defaults of a test */
    public static TestHub open(TestDatabase database, InstantSource clock, Map<String, String> environment) {
        return open(database, clock, environment, Kinds.all(Endpoints.USUAL));
    }

    /** The same with kinds of inbound sources of a test's own. */
    public static TestHub open(
            TestDatabase database, InstantSource clock, Map<String, String> environment, Kinds kinds) {
        var env = new HashMap<String, String>();
        env.put("KEMBALI_RETRY_FIRST_DELAY", "20ms");
        env.put("KEMBALI_REQUESTS_PER_SECOND", "-1");
        // Nothing listens there: a test that means to deliver says where.
        env.put("KEMBALI_ENDPOINT_META", "http://127.0.0.1:9");
        env.putAll(environment);
        var secrets = new Secrets(new byte[Secrets.KEY_BYTES]);
        Store store = database.open(clock);
        return new TestHub(
                new Hub(Settings.read(env), store, secrets, VERTX, clock, new SimpleMeterRegistry(), kinds), secrets);
    }

    public Store store() {
        return hub.store();
    }

    public Intake intake() {
        return hub.intake();
    }

    /** Does a command and waits for its commit. */
    public <T extends @Nullable Object> T apply(Intake.Command<T> command) {
        return hub.intake().appendAndWait(command);
    }

    public LeadResult submit(LeadForm form) {
        return apply(form.submitted());
    }

    /** That lead reaches that status, nothing else being said. */
    public LeadResult reach(String leadId, String status) {
        return apply(reached(leadId, status));
    }

    public static StatusReached reached(String leadId, String status) {
        return new StatusReached(WS, leadId, status, null, null, null, null, null, false);
    }

    /** That lead is won for that many rupiah. */
    public static StatusReached won(String leadId, String rupiah, @Nullable String orderId, boolean repeat) {
        return new StatusReached(WS, leadId, "won", null, new BigDecimal(rupiah), "IDR", orderId, null, repeat);
    }

    /** A working Meta pixel with that number. */
    public Pixel pixel(String number) {
        return pixel(number, doc(number, "inherit", Map.of()), TOKEN);
    }

    /** A Meta pixel; an empty token makes one whose settings are incomplete. */
    public Pixel pixel(String number, PixelDoc doc, String token) {
        var pixels = hub.pixels();
        Map<String, String> credentials = token.isEmpty() ? Map.of() : Map.of("accessToken", token);
        return pixels.save(pixels.draft(
                WS,
                pixels.newId(),
                hub.platforms().get("meta"),
                "Pixel " + number,
                true,
                doc,
                credentials,
                null,
                null));
    }

    public static PixelDoc doc(
            String number, String strategy, Map<String, @Nullable Map<String, @Nullable String>> mapping) {
        return new PixelDoc(Map.of("pixelId", number), List.of(), false, mapping, strategy);
    }

    /** Stores the pixel as it is, as a person does who presses Save. */
    public Pixel save(Pixel p) {
        return save(p, p.enabled(), p.credentials());
    }

    public Pixel save(Pixel p, boolean enabled, Map<String, String> credentials) {
        var pixels = hub.pixels();
        return pixels.save(pixels.draft(
                WS,
                p.id(),
                p.platform(),
                p.name(),
                enabled,
                p.doc(),
                credentials,
                p.proxy(),
                hub.pixels().find(p.id())));
    }

    /** The pixel as it is now. */
    public Pixel now(Pixel p) {
        Pixel found = hub.pixels().find(p.id());
        if (found == null) {
            throw new AssertionError("the pixel is gone");
        }
        return found;
    }

    /** Changes the rule by which one status gets its value. */
    @SuppressWarnings("NullAway") // of a compiled record's constructor it does not see the inner @Nullable
    public void valueRule(String status, ConversionSettings.ValueRule rule) {
        ConversionSettings old = hub.settingsBook().of(WS);
        var values = new LinkedHashMap<>(old.values());
        values.put(status, rule);
        hub.settingsBook()
                .save(
                        WS,
                        new ConversionSettings(
                                old.strategy(),
                                old.mapping(),
                                values,
                                old.modalTriggerStatuses(),
                                old.customEvents(),
                                old.consentWhenUnknown()));
    }

    public Lead lead(String id) {
        Lead lead = store().read(sql -> hub.leads().find(sql, WS, id));
        if (lead == null) {
            throw new AssertionError("there is no lead " + id);
        }
        return lead;
    }

    public Visitor visitorOf(String leadId) {
        Visitor v =
                store().read(sql -> hub.visitors().find(sql, WS, lead(leadId).visitorNo()));
        if (v == null) {
            throw new AssertionError("the lead has no visitor");
        }
        return v;
    }

    /** The whole sync log, oldest first. */
    public List<Delivery> rows() {
        return store().read(sql -> SyncLog.list(sql, WS, DSL.trueCondition(), 100_000))
                .reversed();
    }

    /** The sync log of one lead, oldest first. */
    public List<Delivery> rows(String leadId) {
        return store().read(sql -> SyncLog.list(sql, WS, DELIVERY.LEAD_ID.eq(leadId), 1_000))
                .reversed();
    }

    /** The row of that lead for that status; fails when there is not exactly one. */
    public Delivery row(String leadId, String status) {
        List<Delivery> found =
                rows(leadId).stream().filter(d -> d.trigger().equals(status)).toList();
        if (found.size() != 1) {
            throw new AssertionError("rows for " + status + ": " + found);
        }
        return found.getFirst();
    }

    public Delivery row(Delivery d) {
        Delivery found = store().read(sql -> SyncLog.find(sql, WS, d.id()));
        if (found == null) {
            throw new AssertionError("the row is gone");
        }
        return found;
    }

    public List<Attempt> attempts(Delivery d) {
        return store().read(sql -> SyncLog.attempts(sql, d.id()));
    }

    @Override
    public void close() {
        hub.close();
    }
}
