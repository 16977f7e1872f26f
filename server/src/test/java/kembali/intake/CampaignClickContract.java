package kembali.intake;

import static kembali.testing.TestHub.WS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import kembali.campaign.Destination;
import kembali.campaign.DestinationChooser;
import kembali.delivery.DeliveryStatus;
import kembali.figures.LinkCount;
import kembali.figures.LinkDays;
import kembali.figures.LinkKind;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import kembali.identity.WebContext;
import kembali.intake.CampaignClicked.Clicked;
import kembali.lead.Lead;
import kembali.pixel.PixelDoc;
import kembali.testing.HitForm;
import kembali.testing.LeadForm;
import kembali.testing.TestHub;
import kembali.visitor.AdFields;
import kembali.visitor.Click;
import kembali.visitor.Clicks;
import kembali.visitor.Landing;
import kembali.visitor.TouchRow;
import kembali.visitor.Utm;
import kembali.visitor.Visitor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a click on a campaign link leaves behind, whatever the database. */
abstract class CampaignClickContract extends IntakeFixture {
    private static final String URL = "https://go.brand.example/promo";
    private static final String ADDRESS = "203.0.113.7";
    private static final List<Destination> PLACES = List.of(
            new Destination("ds_a", "https://a.example/", 60),
            new Destination("ds_b", "https://b.example/", 40),
            new Destination("ds_off", "https://off.example/", 0));

    private static int campaigns;
    private static int clicks;
    private String campaign = "";

    /** Every test has a campaign of its own, so that it finds only what it counted itself. */
    @BeforeEach
    void ownCampaign() {
        campaign = "cp_click" + ++campaigns;
    }

    @Test
    void aClickMakesAVisitorAndNoLeadAndIsKeptWithAllItTold() {
        var said = new CampaignClicked.Said(
                Map.of("external_id", "x-1", "sub_id_3", "{subid}"),
                Map.of("ad_id", "7"),
                Map.of("fbclid", "{fbclid}"),
                List.of("fbclid"),
                List.of("second_question_mark"));
        String id = nextId();
        Clicked clicked =
                hub().apply(new CampaignClicked(visit(null, fbclid("IwAR-one-" + campaign)), id, said, chooser()));

        assertThat(clicked.subid()).isEqualTo(id);
        assertThat(clicked.again()).isFalse();
        assertThat(clicked.returning()).isFalse();
        Visitor visitor = visitor(clicked);
        assertThat(visitor.leadId()).isNull();
        assertThat(Objects.requireNonNull(visitor.profile().lastLink()).linkId())
                .isEqualTo(campaign);
        Click click = click(id);
        assertThat(click.campaignId()).isEqualTo(campaign);
        assertThat(click.visitorNo()).isEqualTo(visitor.no());
        assertThat(click.at()).isCloseTo(clock.instant(), within(5, ChronoUnit.SECONDS));
        Click.Content content = click.content();
        assertThat(content.slots()).containsEntry("sub_id_3", "{subid}").containsEntry("external_id", "x-1");
        assertThat(content.parameters()).containsEntry("ad_id", "7");
        assertThat(content.unfilled()).containsEntry("fbclid", "{fbclid}");
        assertThat(content.repeated()).containsExactly("fbclid");
        assertThat(content.repairs()).containsExactly("second_question_mark");
        assertThat(content.clickIds().value("fbclid")).isEqualTo("IwAR-one-" + campaign);
        assertThat(content.web().ip()).isEqualTo(ADDRESS);
        assertThat(content.destinationId()).isEqualTo(clicked.destinationId()).isIn("ds_a", "ds_b");
        List<TouchRow> touches = hub().store().read(sql -> hub().hub.visitors().touches(sql, WS, visitor.no()));
        assertThat(touches).hasSize(1).first().satisfies(t -> {
            assertThat(t.kind()).isEqualTo("campaign");
            assertThat(t.refId()).isEqualTo(campaign);
        });
        assertThat(figures())
                .containsEntry(LinkCount.CLICKS, 1L)
                .containsEntry(LinkCount.VISITORS, 1L)
                .containsEntry(LinkCount.REPAIRED, 1L)
                .containsEntry(LinkCount.UNFILLED, 1L)
                .containsEntry(LinkCount.RETURNING_CLICKS, 0L);
    }

    @Test
    void whatAClickToldIsSealedInTheDatabase() {
        Clicked clicked = hub().apply(click(visit(null, fbclid("IwAR-secret-value"))));
        byte[] stored = hub().store()
                .read(sql -> Objects.requireNonNull(
                                        sql.fetchValue("select content from click where subid = ?", clicked.subid()))
                                instanceof byte[] b
                        ? b
                        : new byte[0]);
        assertThat(stored).isNotEmpty();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1))
                .doesNotContain("IwAR-secret-value", ADDRESS, "go.brand");
    }

    @Test
    void aSecondTapIsTheFirstClickAndGoesWhereItWent() {
        Clicked first = hub().apply(click(visit(null, ClickIds.NONE)));
        clock.forward(Duration.ofSeconds(9));
        Clicked second = hub().apply(click(visit(no(first), ClickIds.NONE)));
        assertThat(second.again()).isTrue();
        assertThat(second.subid()).isEqualTo(first.subid());
        assertThat(second.destinationId()).isEqualTo(first.destinationId());
        clock.forward(Duration.ofSeconds(11));
        Clicked third = hub().apply(click(visit(no(first), ClickIds.NONE)));
        assertThat(third.again()).isFalse();
        assertThat(third.subid()).isNotEqualTo(first.subid());
        assertThat(third.returning()).isTrue();
        assertThat(third.destinationId())
                .as("a visitor keeps their destination")
                .isEqualTo(first.destinationId());
        assertThat(latest()).hasSize(2);
        assertThat(figures())
                .containsEntry(LinkCount.CLICKS, 2L)
                .containsEntry(LinkCount.DOUBLE_TAPS, 1L)
                .containsEntry(LinkCount.RETURNING_CLICKS, 1L)
                .containsEntry(LinkCount.VISITORS, 1L);
    }

    @Test
    void twoTapsAtOnceWithoutACookieAreOneClick() {
        var first = hub().intake().append(click(visit(null, ClickIds.NONE, 77)));
        var second = hub().intake().append(click(visit(null, ClickIds.NONE, 77)));
        assertThat(second.join().code()).isEqualTo(first.join().code());
        assertThat(second.join().subid()).isEqualTo(first.join().subid());
        assertThat(latest()).hasSize(1);
    }

    @Test
    void visitorsAreSpreadByWeightAndDestinationsOfWeightZeroTakeNobody() {
        Map<String, Integer> sent = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            sent.merge(
                    Objects.requireNonNull(
                            hub().apply(click(visit(null, ClickIds.NONE))).destinationId()),
                    1,
                    Integer::sum);
        }
        assertThat(sent).containsOnlyKeys("ds_a", "ds_b");
        assertThat(sent.get("ds_a")).isBetween(145, 215);
    }

    @Test
    void aCopiedLinkIsKeptAndCreditedToNobody() {
        hub().apply(click(visit(null, fbclid("IwAR-copied-" + campaign))));
        Clicked copy = hub().apply(click(visit(null, fbclid("IwAR-copied-" + campaign))));
        ClickId id =
                Objects.requireNonNull(click(copy.subid()).content().clickIds().get("fbclid"));
        assertThat(id.shared()).isTrue();
        assertThat(Objects.requireNonNull(copy.fbclid()).shared()).isTrue();
    }

    @Test
    void aClickKeepsEarlierIdsOfOtherPlatformsAndNotOfItsOwn() {
        ClickIds before = ClickIds.NONE
                .with("gbraid", ClickId.of("gbraid-" + campaign, 1))
                .with("ttclid", ClickId.of("E.C.P." + campaign, 1));
        Clicked first = hub().apply(click(visit(null, before)));
        clock.forward(Duration.ofMinutes(1));
        ClickIds now = ClickIds.NONE.with("gclid", ClickId.of("gclid-" + campaign, 2));
        Clicked second = hub().apply(click(visit(no(first), now)));
        assertThat(click(second.subid()).content().clickIds().byName()).containsOnlyKeys("gclid", "ttclid");
    }

    @Test
    void aLeadStaysOneAndItsNewClickIsReportedNow() {
        hub().pixel("301", TestHub.doc("301", "strict", Map.of()), TestHub.TOKEN);
        Lead lead = hub().submit(LeadForm.blank().email("campaign-lead@example.co.id"))
                .lead();
        assertThat(hub().row(lead.id(), "new").status()).isEqualTo(DeliveryStatus.SKIPPED);
        Clicked clicked = hub().apply(click(visit(lead.visitorNo(), fbclid("IwAR-late-" + campaign))));
        assertThat(visitor(clicked).leadId()).isEqualTo(lead.id());
        assertThat(hub().row(lead.id(), "new").status()).isEqualTo(DeliveryStatus.PENDING);
        assertThat(leads(clicked)).containsEntry(lead.visitorNo(), lead.id());
    }

    @Test
    void aPixelBoundToACampaignTakesItsVisitorsOnly() {
        PixelDoc doc = TestHub.doc("302", "send_all", Map.of());
        hub().pixel(
                        "302",
                        new PixelDoc(
                                doc.settings(),
                                List.of(campaign),
                                doc.campaignsRequired(),
                                doc.mapping(),
                                doc.strategy()),
                        TestHub.TOKEN);
        Clicked clicked = hub().apply(click(visit(null, fbclid("IwAR-bound-" + campaign))));
        Lead theirs = hub().submit(LeadForm.blank().email("bound@example.co.id").visitor(no(clicked)))
                .lead();
        Lead other =
                hub().submit(LeadForm.blank().email("unbound@example.co.id")).lead();
        assertThat(hub().row(theirs.id(), "new").status()).isEqualTo(DeliveryStatus.PENDING);
        assertThat(reason(hub().row(other.id(), "new"))).isEqualTo("campaign_not_bound");
    }

    @Test
    void thePageBehindTheLinkKnowsWhoClickedByTheClicksIdAlone() {
        Clicked clicked = hub().apply(click(visit(null, ClickIds.NONE, 0, HitForm.UA)));
        HitTaken seen = hub().apply(new PageSeen(
                HitForm.at(clock.instant()).subid(clicked.subid()).hit()));
        assertThat(seen.code()).isEqualTo(clicked.code());
        Clicked elsewhere = hub().apply(click(visit(null, ClickIds.NONE, 0, "Mozilla/5.0 (iPhone)")));
        HitTaken copied = hub().apply(new PageSeen(
                HitForm.at(clock.instant()).subid(elsewhere.subid()).hit()));
        assertThat(copied.code()).as("an address opened in another browser").isNotEqualTo(elsewhere.code());
        clock.forward(Duration.ofHours(25));
        HitTaken later = hub().apply(new PageSeen(
                HitForm.at(clock.instant()).subid(clicked.subid()).hit()));
        assertThat(later.code()).as("an address kept for later").isNotEqualTo(clicked.code());
    }

    @Test
    void clicksGoWithThePersonWhoIsJoinedOrErased() {
        Clicked one = hub().apply(click(visit(null, ClickIds.NONE)));
        Lead lead = hub().submit(LeadForm.blank().email("joined@example.co.id").visitor(no(one)))
                .lead();
        Clicked two = hub().apply(click(visit(null, ClickIds.NONE)));
        Visitor into = visitor(one);
        Visitor from = visitor(two);
        hub().store().write(tx -> {
            var in = hub().hub.visitors().in(tx);
            return in.merge(
                    Objects.requireNonNull(in.get(WS, into.no())), Objects.requireNonNull(in.get(WS, from.no())));
        });
        assertThat(click(two.subid()).visitorNo()).isEqualTo(into.no());
        hub().apply(new LeadErased(WS, lead.id()));
        assertThat(latest()).isEmpty();
    }

    @Test
    void clicksAreListedNewestFirstPageByPageAlsoOfOneMillisecond() {
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 7; i++) {
            all.add(hub().apply(click(visit(null, ClickIds.NONE))).subid());
            if (i % 3 == 2) {
                clock.forward(Duration.ofMillis(5));
            }
        }
        Set<String> seen = new HashSet<>();
        Clicks.Position after = null;
        Instant last = Instant.MAX;
        for (int page = 0; page < 4; page++) {
            Clicks.Position from = after;
            List<Click> rows = hub().store().read(sql -> hub().hub.clicks().latest(sql, WS, campaign, from, 2));
            assertThat(rows).hasSize(page < 3 ? 2 : 1);
            for (Click c : rows) {
                assertThat(c.at()).isBeforeOrEqualTo(last);
                assertThat(seen.add(c.subid())).isTrue();
                last = c.at();
                after = new Clicks.Position(c.at(), c.subid());
            }
        }
        assertThat(seen).isEqualTo(all);
    }

    private List<Click> latest() {
        return Objects.requireNonNull(
                hub().store().read(sql -> hub().hub.clicks().latest(sql, WS, campaign, null, 100)));
    }

    private Click click(String subid) {
        Click found = hub().store().read(sql -> hub().hub.clicks().find(sql, WS, subid));
        return Objects.requireNonNull(found);
    }

    private Map<Long, String> leads(Clicked clicked) {
        return Objects.requireNonNull(hub().store().read(sql -> Clicks.leads(sql, WS, List.of(no(clicked)))));
    }

    private Visitor visitor(Clicked clicked) {
        Visitor found = hub().store().read(sql -> hub().hub.visitors().find(sql, WS, no(clicked)));
        return Objects.requireNonNull(found);
    }

    private long no(Clicked clicked) {
        return Objects.requireNonNull(hub().hub.visitors().number(WS, clicked.code()));
    }

    private Map<LinkCount, Long> figures() {
        LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var sum = new EnumMap<LinkCount, Long>(LinkCount.class);
        hub().store()
                .read(sql -> LinkDays.read(sql, LinkKind.CAMPAIGN, WS, campaign, day.minusDays(1), day))
                .forEach(d -> d.counts().forEach((what, n) -> sum.merge(what, n, Long::sum)));
        return sum;
    }

    private DestinationChooser chooser() {
        return new DestinationChooser(campaign, PLACES);
    }

    private CampaignClicked click(LinkVisit visit) {
        var nothing = new CampaignClicked.Said(Map.of(), Map.of(), Map.of(), List.of(), List.of());
        return new CampaignClicked(visit, nextId(), nothing, chooser());
    }

    private static String nextId() {
        return "click%015d".formatted(++clicks);
    }

    private ClickIds fbclid(String value) {
        return ClickIds.NONE.with(
                ClickIds.FBCLID, ClickId.of(value, clock.instant().toEpochMilli()));
    }

    private LinkVisit visit(@Nullable Long visitorNo, ClickIds ids) {
        return visit(visitorNo, ids, 0);
    }

    private LinkVisit visit(@Nullable Long visitorNo, ClickIds ids, long twin) {
        return visit(visitorNo, ids, twin, "Mozilla/5.0 (Linux; Android 14; test)");
    }

    private LinkVisit visit(@Nullable Long visitorNo, ClickIds ids, long twin, String userAgent) {
        LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return new LinkVisit(
                WS,
                LinkKind.CAMPAIGN,
                campaign,
                visitorNo,
                null,
                twin,
                0,
                30,
                new Landing(ids, Map.of(), Utm.NONE, AdFields.NONE, URL, null, null, !ids.isEmpty(), clock.instant()),
                ids,
                BrowserIds.NONE,
                new WebContext(URL, null, ADDRESS, userAgent),
                "id",
                new LinkVisit.Day(
                        day, day.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli()),
                false);
    }
}
