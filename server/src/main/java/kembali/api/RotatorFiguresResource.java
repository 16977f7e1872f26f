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
import kembali.capture.rotator.Agent;
import kembali.capture.rotator.Rotator;
import kembali.capture.rotator.Rotators;
import kembali.figures.LinkCount;
import kembali.figures.LinkDay;
import kembali.figures.LinkDays;
import kembali.figures.LinkKind;
import kembali.http.Caller;
import kembali.store.Store;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A rotator's figures, by day and agent. */
@Path("/api/v1/rotators/{id}/figures")
@Tag(name = "Rotators")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class RotatorFiguresResource {
    @Inject
    Caller caller;

    @Inject
    Workspaces workspaces;

    @Inject
    Rotators rotators;

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
    public record Day(LocalDate day, Counts totals, List<OfAgent> agents) {}

    /** What one agent had of a day. @param agentId null for what concerns no agent */
    public record OfAgent(
            @Nullable String agentId, @Nullable String name, Counts counts) {}

    /** What is counted; see docs/rotator.md. */
    public record Counts(
            long clicks,
            long visitors,
            long returningClicks,
            long newLeads,
            long chats,
            long nobody,
            long formShown,
            long formSent,
            long doubleTaps,
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
                    c.getOrDefault(LinkCount.NEW_LEADS, 0L),
                    c.getOrDefault(LinkCount.CHATS, 0L),
                    c.getOrDefault(LinkCount.NOBODY, 0L),
                    c.getOrDefault(LinkCount.FORM_SHOWN, 0L),
                    c.getOrDefault(LinkCount.FORM_SENT, 0L),
                    c.getOrDefault(LinkCount.DOUBLE_TAPS, 0L),
                    c.getOrDefault(LinkCount.FLAGGED, 0L),
                    c.getOrDefault(LinkCount.PREVIEWS, 0L),
                    c.getOrDefault(LinkCount.CRAWLERS, 0L),
                    c.getOrDefault(LinkCount.PREFETCHES, 0L),
                    c.getOrDefault(LinkCount.NOT_FOUND, 0L));
        }
    }

    @GET
    @Operation(
            summary = "Clicks, leads and what machines asked, by day and agent",
            description = "from and to are dates in the workspace's time zone, both included; the last 30 days unless"
                    + " said, at most 400.")
    public Figures figures(
            @PathParam("id") String id,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to) {
        Rotator r = RotatorResource.found(rotators, caller.workspaceId(), id);
        String timezone = workspaces.get(caller.workspaceId()).timezone();
        DayRange days = DayRange.read(from, to, timezone, clock.instant());
        List<LinkDay> rows = store.read(
                sql -> LinkDays.read(sql, LinkKind.ROTATOR, r.workspaceId(), r.id(), days.from(), days.to()));
        return figures(days.from(), days.to(), timezone, rows);
    }

    private Figures figures(LocalDate first, LocalDate last, String timezone, List<LinkDay> rows) {
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
                    date, Counts.of(sum), ofDay.stream().map(this::ofAgent).toList()));
        });
        return new Figures(first, last, timezone, Counts.of(totals), days);
    }

    private static void add(Map<LinkCount, Long> sum, LinkDay row) {
        row.counts().forEach((what, n) -> sum.merge(what, n, Long::sum));
    }

    private OfAgent ofAgent(LinkDay row) {
        Agent agent = row.partId() == null ? null : rotators.findAgent(caller.workspaceId(), row.partId());
        return new OfAgent(row.partId(), agent == null ? null : agent.name(), Counts.of(row.counts()));
    }
}
