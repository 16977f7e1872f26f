package kembali.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kembali.account.Workspaces;
import kembali.capture.campaign.Campaign;
import kembali.capture.campaign.Campaigns;
import kembali.figures.LinkCount;
import kembali.figures.LinkDay;
import kembali.figures.LinkDays;
import kembali.figures.LinkKind;
import kembali.http.Caller;
import kembali.store.Store;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A campaign's figures, by day and destination. */
@Path("/api/v1/campaigns/{id}/figures")
@Tag(name = "Campaigns")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class CampaignFiguresResource {
    @Inject
    Caller caller;

    @Inject
    Workspaces workspaces;

    @Inject
    Campaigns campaigns;

    @Inject
    Store store;

    @Inject
    InstantSource clock;

    /**
     * Figures from one day to another, both included.
     *
     * @param timezone in which days begin: the workspace's
     * @param totals sums of the days; {@code visitors} counts a person once for every day they came
     */
    public record Figures(LocalDate from, LocalDate to, String timezone, Counts totals, List<Day> days) {}

    /** One day; days on which nothing happened are left out. */
    public record Day(LocalDate day, Counts totals, List<OfDestination> destinations) {}

    /** What one destination had of a day. @param destinationId null for what concerns none, as machines */
    public record OfDestination(
            @Nullable String destinationId, @Nullable String name, Counts counts) {}

    /** What is counted; see docs/campaign-links.md. */
    public record Counts(
            long clicks,
            long visitors,
            long returningClicks,
            long doubleTaps,
            long repaired,
            long unfilled,
            long flagged,
            long previews,
            long crawlers,
            long prefetches,
            long notFound) {
        static Counts of(Map<LinkCount, Long> c) {
            return new Counts(
                    c.getOrDefault(LinkCount.CLICKS, 0L),
                    c.getOrDefault(LinkCount.VISITORS, 0L),
                    c.getOrDefault(LinkCount.RETURNING_CLICKS, 0L),
                    c.getOrDefault(LinkCount.DOUBLE_TAPS, 0L),
                    c.getOrDefault(LinkCount.REPAIRED, 0L),
                    c.getOrDefault(LinkCount.UNFILLED, 0L),
                    c.getOrDefault(LinkCount.FLAGGED, 0L),
                    c.getOrDefault(LinkCount.PREVIEWS, 0L),
                    c.getOrDefault(LinkCount.CRAWLERS, 0L),
                    c.getOrDefault(LinkCount.PREFETCHES, 0L),
                    c.getOrDefault(LinkCount.NOT_FOUND, 0L));
        }
    }

    /**
     * @param from first day, such as 2026-11-01; 30 days before {@code to} when left out
     * @param to last day; today when left out
     */
    @GET
    @Operation(summary = "Figures by day and destination")
    public Figures figures(
            @PathParam("id") String id,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to) {
        Campaign c = CampaignResource.found(campaigns, caller.workspaceId(), id);
        String timezone = workspaces.get(caller.workspaceId()).timezone();
        DayRange range = DayRange.read(from, to, timezone, clock.instant());
        List<LinkDay> rows = store.read(
                sql -> LinkDays.read(sql, LinkKind.CAMPAIGN, c.workspaceId(), c.id(), range.from(), range.to()));
        var totals = new EnumMap<LinkCount, Long>(LinkCount.class);
        var byDay = new LinkedHashMap<LocalDate, List<LinkDay>>();
        for (LinkDay row : rows) {
            add(totals, row);
            byDay.computeIfAbsent(row.day(), d -> new ArrayList<>()).add(row);
        }
        var days = new ArrayList<Day>();
        byDay.forEach((date, ofDay) -> {
            var sum = new EnumMap<LinkCount, Long>(LinkCount.class);
            ofDay.forEach(row -> add(sum, row));
            days.add(new Day(
                    date,
                    Counts.of(sum),
                    ofDay.stream().map(row -> ofDestination(c, row)).toList()));
        });
        return new Figures(range.from(), range.to(), timezone, Counts.of(totals), days);
    }

    private static void add(Map<LinkCount, Long> sum, LinkDay row) {
        row.counts().forEach((what, n) -> sum.merge(what, n, Long::sum));
    }

    private static OfDestination ofDestination(Campaign c, LinkDay row) {
        Campaign.Target t = c.doc().destination(row.partId());
        return new OfDestination(row.partId(), t == null ? null : t.name(), Counts.of(row.counts()));
    }
}
