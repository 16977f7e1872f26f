package kembali.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kembali.account.Workspace;
import kembali.account.Workspaces;
import kembali.delivery.DeliveryStatus;
import kembali.figures.LeadFigures;
import kembali.figures.LeadFigures.Span;
import kembali.figures.LeadFigures.Tally;
import kembali.http.Caller;
import kembali.lead.LeadStatus;
import kembali.lead.Pipelines;
import kembali.store.Store;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Figures over time. {@code from} and {@code to} are dates in the workspace's time zone, both included. */
@Path("/api/v1/reports")
@Tag(name = "Reports")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ReportResource {
    @Inject
    Caller caller;

    @Inject
    Workspaces workspaces;

    @Inject
    Pipelines pipelines;

    @Inject
    Store store;

    @Inject
    InstantSource clock;

    /** A sum of one currency, a plain decimal. */
    public record Value(String currency, String amount) {}

    /** Leads that came, and leads that were won, with what they are worth. */
    public record Totals(long leads, long won, List<Value> values) {}

    /** One day; every day of the range is there. */
    public record Day(LocalDate day, long leads, long won, List<Value> values) {}

    /**
     * Leads, conversions and value over time.
     *
     * @param timezone in which days begin: the workspace's
     * @param before the same of as many days before
     */
    public record Summary(
            LocalDate from, LocalDate to, String timezone, Totals totals, Totals before, List<Day> days) {}

    /**
     * One status of the pipeline.
     *
     * @param now how many of the leads that came have it
     * @param reached how many ever reached it
     */
    public record Step(String status, String name, String color, long now, long reached) {}

    /** How far the leads that came in a range have got, in the pipeline's order. */
    public record Funnel(LocalDate from, LocalDate to, String timezone, long leads, List<Step> steps) {}

    /** What became of the conversions at one platform. */
    public record OfPlatform(
            String platform, long accepted, long partialFailure, long failed, long skipped, long pending) {}

    /** Entries of the sync log by platform and outcome, by when they were made. */
    public record ByPlatform(LocalDate from, LocalDate to, String timezone, List<OfPlatform> items) {}

    @GET
    @Path("/summary")
    @Operation(summary = "Leads, conversions and value by day")
    public Summary summary(@QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to) {
        Workspace w = workspaces.get(caller.workspaceId());
        ZoneId zone = ZoneId.of(w.timezone());
        DayRange range = DayRange.read(from, to, w.timezone(), clock.instant());
        long length = ChronoUnit.DAYS.between(range.from(), range.to()) + 1;
        Span span = span(range.from(), range.to(), zone);
        Span earlier = span(range.from().minusDays(length), range.from().minusDays(1), zone);
        return store.read(sql -> {
            Map<LocalDate, Long> leads = LeadFigures.newLeads(sql, w.id(), span, zone);
            Map<LocalDate, Tally> won = LeadFigures.reached(sql, w.id(), LeadStatus.WON, span, zone, w.currency());
            var days = new ArrayList<Day>();
            for (LocalDate d = range.from(); !d.isAfter(range.to()); d = d.plusDays(1)) {
                Tally t = won.getOrDefault(d, new Tally());
                days.add(new Day(d, leads.getOrDefault(d, 0L), t.count(), values(t.values())));
            }
            return new Summary(
                    range.from(),
                    range.to(),
                    w.timezone(),
                    totals(leads, won),
                    totals(
                            LeadFigures.newLeads(sql, w.id(), earlier, zone),
                            LeadFigures.reached(sql, w.id(), LeadStatus.WON, earlier, zone, w.currency())),
                    days);
        });
    }

    @GET
    @Path("/funnel")
    @Operation(summary = "How far the leads of a range have got")
    public Funnel funnel(@QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to) {
        Workspace w = workspaces.get(caller.workspaceId());
        ZoneId zone = ZoneId.of(w.timezone());
        DayRange range = DayRange.read(from, to, w.timezone(), clock.instant());
        Span span = span(range.from(), range.to(), zone);
        return store.read(sql -> {
            Map<String, Long> now = LeadFigures.statuses(sql, w.id(), span);
            Map<String, Long> ever = LeadFigures.everReached(sql, w.id(), span);
            long all = now.values().stream().mapToLong(Long::longValue).sum();
            List<Step> steps = pipelines.of(w.id()).stream()
                    .filter(s -> !s.status().equals(LeadStatus.PAGEVIEW))
                    .map(s -> {
                        long has = now.getOrDefault(s.status(), 0L);
                        // A lead is new when it comes, whatever it is said to be first.
                        long reached = s.status().equals(LeadStatus.NEW)
                                ? all
                                : Math.max(has, ever.getOrDefault(s.status(), 0L));
                        return new Step(s.status(), s.name(), s.color(), has, reached);
                    })
                    .toList();
            return new Funnel(range.from(), range.to(), w.timezone(), all, steps);
        });
    }

    @GET
    @Path("/platforms")
    @Operation(summary = "Conversions by platform and outcome")
    public ByPlatform platforms(@QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to) {
        Workspace w = workspaces.get(caller.workspaceId());
        ZoneId zone = ZoneId.of(w.timezone());
        DayRange range = DayRange.read(from, to, w.timezone(), clock.instant());
        Span span = span(range.from(), range.to(), zone);
        Map<String, Map<String, Long>> found = store.read(sql -> LeadFigures.deliveries(sql, w.id(), span));
        var items = new ArrayList<OfPlatform>();
        found.forEach((platform, n) -> items.add(new OfPlatform(
                platform,
                n.getOrDefault(DeliveryStatus.ACCEPTED, 0L),
                n.getOrDefault(DeliveryStatus.PARTIAL_FAILURE, 0L),
                n.getOrDefault(DeliveryStatus.FAILED, 0L),
                n.getOrDefault(DeliveryStatus.SKIPPED, 0L),
                n.getOrDefault(DeliveryStatus.PENDING, 0L))));
        return new ByPlatform(range.from(), range.to(), w.timezone(), items);
    }

    private static Span span(LocalDate first, LocalDate last, ZoneId zone) {
        return new Span(
                first.atStartOfDay(zone).toInstant(),
                last.plusDays(1).atStartOfDay(zone).toInstant());
    }

    private static Totals totals(Map<LocalDate, Long> leads, Map<LocalDate, Tally> won) {
        var sums = new TreeMap<String, BigDecimal>();
        won.values().forEach(t -> t.values().forEach((currency, sum) -> sums.merge(currency, sum, BigDecimal::add)));
        return new Totals(
                leads.values().stream().mapToLong(Long::longValue).sum(),
                won.values().stream().mapToLong(Tally::count).sum(),
                values(sums));
    }

    private static List<Value> values(Map<String, BigDecimal> sums) {
        return sums.entrySet().stream()
                .map(e ->
                        new Value(e.getKey(), e.getValue().stripTrailingZeros().toPlainString()))
                .toList();
    }
}
