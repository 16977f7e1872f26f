package kembali.figures;

import java.util.Locale;

/** What is counted of a link, a column of its kind's table each; {@link LinkKind} says which a kind has. */
public enum LinkCount {
    /** People who opened the link; a double tap is one of them. */
    CLICKS,
    /** Different people of the day, by their visitor code. */
    VISITORS,
    /** Clicks of people we knew before. */
    RETURNING_CLICKS,
    /** Leads the link made. */
    NEW_LEADS,
    /** People sent on to an agent, or to the fallback number. */
    CHATS,
    /** People who found nobody there. */
    NOBODY,
    FORM_SHOWN,
    FORM_SENT,
    /** Second taps, counted nowhere else. */
    DOUBLE_TAPS,
    /** Clicks beyond what one address does in a minute; they count as clicks as well. */
    FLAGGED,
    PREVIEWS,
    CRAWLERS,
    PREFETCHES,
    /** Requests for the link on a host that does not answer it. */
    NOT_FOUND,
    /** Clicks whose link had to be mended. */
    REPAIRED,
    /** Clicks with a parameter nobody filled in. */
    UNFILLED;

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
