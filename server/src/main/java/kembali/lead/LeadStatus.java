package kembali.lead;

import java.util.List;

/** The statuses of the sales pipeline, in its order. What counts is the status reached, not the path. */
public final class LeadStatus {
    public static final String PAGEVIEW = "pageview";
    public static final String NEW = "new";
    public static final String WON = "won";
    public static final String LOST = "lost";

    /** All of them, first to last. */
    public static final List<String> SALES = List.of(
            PAGEVIEW,
            NEW,
            "contacted",
            "responded",
            "qualified",
            "hot",
            "proposal",
            "negotiation",
            "invoice",
            WON,
            LOST);

    private LeadStatus() {}
}
