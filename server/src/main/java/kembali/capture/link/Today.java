package kembali.capture.link;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kembali.account.Workspaces;
import kembali.intake.LinkVisit;

/** The day it is in each workspace, worked out once a day. */
public final class Today {
    private record Known(String timezone, LinkVisit.Day day, long endMs) {}

    private final Workspaces workspaces;
    private final Map<Integer, Known> known = new ConcurrentHashMap<>();

    public Today(Workspaces workspaces) {
        this.workspaces = workspaces;
    }

    /** The day of that moment in the workspace's time zone. */
    public LinkVisit.Day of(int workspaceId, Instant now) {
        String timezone = workspaces.get(workspaceId).timezone();
        long ms = now.toEpochMilli();
        Known k = known.get(workspaceId);
        if (k == null || ms >= k.endMs || ms < k.day.startMs() || !k.timezone.equals(timezone)) {
            ZoneId zone = ZoneId.of(timezone);
            LocalDate date = LocalDate.ofInstant(now, zone);
            k = new Known(
                    timezone,
                    new LinkVisit.Day(date, date.atStartOfDay(zone).toInstant().toEpochMilli()),
                    date.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli());
            known.put(workspaceId, k);
        }
        return k.day;
    }
}
