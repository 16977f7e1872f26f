package kembali.visitor;

/** The words for how a visit came about: {@link Touch#channel}. */
public final class Channels {
    /** An ad: a click id that only ads carry, an ad's id, or a paid {@code utm_medium}. */
    public static final String PAID = "paid";

    public static final String ORGANIC_SEARCH = "organic_search";
    public static final String ORGANIC_SOCIAL = "organic_social";
    public static final String EMAIL = "email";
    /** A link on somebody else's page. */
    public static final String REFERRAL = "referral";

    /** Tagged by the advertiser with a medium of none of these kinds. */
    public static final String CAMPAIGN = "campaign";

    /** Typed, bookmarked, or a link that hides where it came from. */
    public static final String DIRECT = "direct";

    private Channels() {}
}
