package kembali.intake;

import static kembali.testing.TestHub.WS;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import kembali.account.WebSettings;
import kembali.account.Workspace;
import kembali.conversion.ConversionSettings;
import kembali.conversion.ConversionSettings.WhenUnknown;
import kembali.delivery.Delivery;
import kembali.lead.Lead;
import kembali.pixel.Pixel;
import kembali.testing.TestClock;
import kembali.testing.TestDatabase;
import kembali.testing.TestHub;
import kembali.visitor.Visitor;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** One hub for all tests of a class, on a database of its own. Nothing is sent: it is not started. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class IntakeFixture {
    final TestClock clock = new TestClock();
    private @Nullable TestHub opened;
    private @Nullable ConversionSettings initial;

    abstract TestDatabase freshDatabase();

    @BeforeAll
    void open() {
        opened = TestHub.open(freshDatabase(), clock);
        initial = hub().hub.settingsBook().of(WS);
    }

    @AfterAll
    void close() {
        hub().close();
    }

    /** Every test begins without pixels and with the initial settings. */
    @AfterEach
    void forgetConfiguration() {
        var pixels = hub().hub.pixels();
        for (Pixel p : pixels.of(WS)) {
            hub().store().write(tx -> {
                pixels.archive(tx, p);
                return true;
            });
        }
        hub().hub.settingsBook().save(WS, initialSettings());
        web(WebSettings.INITIAL);
    }

    /** What the workspace says of its web sites. */
    void web(WebSettings web) {
        Workspace w = hub().hub.workspaces().get(WS);
        hub().hub
                .workspaces()
                .save(new Workspace(
                        WS,
                        w.name(),
                        w.trackerKey(),
                        w.defaultCountry(),
                        w.currency(),
                        w.timezone(),
                        w.language(),
                        web,
                        w.createdAt(),
                        w.updatedAt()));
    }

    /** What is done about people who said nothing. */
    @SuppressWarnings("NullAway") // of a compiled record's constructor it does not see the inner @Nullable
    void whenUnknown(WhenUnknown policy) {
        ConversionSettings s = initialSettings();
        hub().hub
                .settingsBook()
                .save(
                        WS,
                        new ConversionSettings(
                                s.strategy(),
                                s.mapping(),
                                s.values(),
                                s.modalTriggerStatuses(),
                                s.customEvents(),
                                policy));
    }

    TestHub hub() {
        TestHub h = opened;
        if (h == null) {
            throw new IllegalStateException("not open");
        }
        return h;
    }

    ConversionSettings initialSettings() {
        ConversionSettings s = initial;
        if (s == null) {
            throw new IllegalStateException("not open");
        }
        return s;
    }

    @SuppressWarnings("NullAway") // of a compiled record's constructor it does not see the inner @Nullable
    void settings(
            Map<String, Map<String, @Nullable String>> mapping,
            Map<String, ConversionSettings.ValueRule> values,
            ConversionSettings.WhenUnknown unknown) {
        ConversionSettings s = initialSettings();
        hub().hub
                .settingsBook()
                .save(
                        WS,
                        new ConversionSettings(
                                s.strategy(), mapping, values, s.modalTriggerStatuses(), s.customEvents(), unknown));
    }

    static @Nullable String reason(Delivery d) {
        return d.reason() == null ? null : d.reason().code();
    }

    /** The id of the lead found by that id, as a caller would find it. */
    @Nullable String idOf(String id) {
        return found(sql -> hub().hub.leads().find(sql, WS, id));
    }

    @Nullable String idOfVisitor(long no) {
        return found(sql -> hub().hub.leads().findByVisitor(sql, WS, no));
    }

    @Nullable String idOfReference(String ref) {
        return found(sql -> hub().hub.leads().findByExternalRef(sql, WS, ref));
    }

    @Nullable String idOfPhone(@Nullable String e164) {
        return e164 == null ? null : found(sql -> hub().hub.leads().findByPhone(sql, WS, e164));
    }

    /** The number of the visitor that number leads to. */
    @Nullable Long visitorOf(long no) {
        Visitor v = hub().store().read(sql -> hub().hub.visitors().find(sql, WS, no));
        return v == null ? null : (Long) v.no();
    }

    private @Nullable String found(Function<DSLContext, @Nullable Lead> find) {
        Lead lead = hub().store().read(find);
        return lead == null ? null : lead.id();
    }

    /** Kind, status and detail of each entry, oldest first. */
    List<String> timeline(Lead lead) {
        return hub().store()
                .read(sql -> hub().hub.leads().timeline(sql, WS, lead.id()).stream()
                        .map(e -> e.kind()
                                + (e.status() == null ? "" : " " + e.status())
                                + (e.detail() == null ? "" : " " + e.detail()))
                        .toList());
    }
}
