package kembali.demo.foresight;

import java.util.Arrays;
import java.util.List;

/** The three Meta pixels of the demo. */
public enum PixelPlan {
    /** Reports leads with an ad click only. */
    MAIN("Main pixel", "100200300400501", "strict", true, true),
    /** Reports everybody it can, and nothing when a lead is lost. */
    EVERYBODY("All leads", "100200300400502", "send_all", true, false),
    /** Its access token has ended: what it should report waits. */
    OLD_TOKEN("Old token", "100200300400503", "strict", false, true);

    private final String title;
    private final String metaId;
    private final String strategy;
    private final boolean tokenGood;
    private final boolean reportsLost;

    PixelPlan(String title, String metaId, String strategy, boolean tokenGood, boolean reportsLost) {
        this.title = title;
        this.metaId = metaId;
        this.strategy = strategy;
        this.tokenGood = tokenGood;
        this.reportsLost = reportsLost;
    }

    /** Its name in Kembali. */
    public String title() {
        return title + " (" + strategy + ")";
    }

    /** Its id at Meta. */
    public String metaId() {
        return metaId;
    }

    /** {@code strict} or {@code send_all}. */
    public String strategy() {
        return strategy;
    }

    public boolean strict() {
        return strategy.equals("strict");
    }

    public boolean tokenGood() {
        return tokenGood;
    }

    public boolean reportsLost() {
        return reportsLost;
    }

    /** The pixels whose queue must run empty. */
    public static List<PixelPlan> working() {
        return Arrays.stream(values()).filter(PixelPlan::tokenGood).toList();
    }
}
