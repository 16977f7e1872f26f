package kembali.figures;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** A kind of links that is counted, with the table its figures stand in. */
public enum LinkKind {
    /** Links into chats; what they bring is counted by agent. */
    ROTATOR("rotator_day", "rotator_id", "agent_id", EnumSet.range(LinkCount.CLICKS, LinkCount.NOT_FOUND)),
    /** Campaign links; what they bring is counted by destination. */
    CAMPAIGN(
            "campaign_day",
            "campaign_id",
            "destination_id",
            EnumSet.of(
                    LinkCount.CLICKS,
                    LinkCount.VISITORS,
                    LinkCount.RETURNING_CLICKS,
                    LinkCount.DOUBLE_TAPS,
                    LinkCount.REPAIRED,
                    LinkCount.UNFILLED,
                    LinkCount.FLAGGED,
                    LinkCount.PREVIEWS,
                    LinkCount.CRAWLERS,
                    LinkCount.PREFETCHES,
                    LinkCount.NOT_FOUND));

    final String table;
    final String linkColumn;
    final String partColumn;
    private final Set<LinkCount> counts;

    LinkKind(String table, String linkColumn, String partColumn, Set<LinkCount> counts) {
        this.table = table;
        this.linkColumn = linkColumn;
        this.partColumn = partColumn;
        this.counts = Set.copyOf(counts);
    }

    /** Whether that is counted of links of this kind. */
    public boolean counts(LinkCount what) {
        return counts.contains(what);
    }

    /** The word of the kind where touches are stored: {@code rotator}, {@code campaign}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
