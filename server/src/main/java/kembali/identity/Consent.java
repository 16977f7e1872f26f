package kembali.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person said about the use of their data for advertising, in the words of Consent Mode v2.
 *
 * @param adStorage whether advertising cookies may be kept in their browser
 * @param analyticsStorage the same for measuring
 * @param adUserData whether personal data may be sent to platforms at all; denied stops every send
 * @param adPersonalization whether platforms may personalise ads with it
 * @param source who told us
 * @param tcString the TCF string the answer was read from; null when there was none
 * @param gpc whether the browser says "do not sell or share" (Global Privacy Control)
 * @param gdpr whether the page's consent tool said that the GDPR applies to this visit
 * @param country ISO 3166-1 alpha-2 where the person was when they said it; null when unknown
 * @param at when they said it; null in records from before it was kept
 */
public record Consent(
        Choice adStorage,
        Choice analyticsStorage,
        Choice adUserData,
        Choice adPersonalization,
        Source source,
        @Nullable String tcString,
        boolean gpc,
        boolean gdpr,
        @Nullable String country,
        @Nullable Instant at) {
    /** Nobody was asked yet. */
    public static final Consent UNKNOWN = new Consent(Choice.UNKNOWN, Choice.UNKNOWN);

    /** One answer; {@code UNKNOWN} until the person has said something. */
    public enum Choice {
        GRANTED,
        DENIED,
        UNKNOWN
    }

    /** Who told us. */
    public enum Source {
        /** The page's consent tool, in the words of Consent Mode. */
        CMP,
        /** The page's consent tool, by a string of the Transparency and Consent Framework. */
        TCF,
        /** The browser, by Global Privacy Control. */
        GPC,
        /** A box in a form. */
        FORM,
        /** The management API: a person or a script of the advertiser. */
        API,
        /** Nobody: what stands until somebody says something. */
        DEFAULT
    }

    /** Members that older records do not have stand for what they meant. */
    @SuppressWarnings({"ConstantValue", "RedundantNullCheck"}) // read from JSON, a member may be missing
    public Consent {
        adStorage = adStorage == null ? Choice.UNKNOWN : adStorage;
        analyticsStorage = analyticsStorage == null ? Choice.UNKNOWN : analyticsStorage;
        adUserData = adUserData == null ? Choice.UNKNOWN : adUserData;
        adPersonalization = adPersonalization == null ? Choice.UNKNOWN : adPersonalization;
        source = source == null ? Source.DEFAULT : source;
    }

    /** The two answers that decide about sending, by whoever keeps the leads. */
    public Consent(Choice adUserData, Choice adPersonalization) {
        this(
                Choice.UNKNOWN,
                Choice.UNKNOWN,
                adUserData,
                adPersonalization,
                adUserData == Choice.UNKNOWN && adPersonalization == Choice.UNKNOWN ? Source.DEFAULT : Source.API,
                null,
                false,
                false,
                null,
                null);
    }

    /** All that a browser tells which only says "do not sell or share". */
    public static Consent ofGpc(Instant at) {
        return new Consent(
                Choice.UNKNOWN,
                Choice.UNKNOWN,
                Choice.UNKNOWN,
                Choice.UNKNOWN,
                Source.GPC,
                null,
                true,
                false,
                null,
                at);
    }

    /** Whether it tells nothing at all. */
    public boolean saysNothing() {
        return saysSame(UNKNOWN);
    }

    /** Whether both tell the same, whoever said it and when. */
    public boolean saysSame(Consent other) {
        return adStorage == other.adStorage
                && analyticsStorage == other.analyticsStorage
                && adUserData == other.adUserData
                && adPersonalization == other.adPersonalization
                && gpc == other.gpc
                && gdpr == other.gdpr
                && java.util.Objects.equals(country, other.country);
    }

    /**
     * The latest explicit answer wins; an unknown never overwrites one. What was said before the answer
     * that stands, and only arrives now, fills in what is unknown still.
     */
    public Consent updatedBy(Consent newer) {
        if (newer.saysNothing()) {
            return this;
        }
        boolean late = at != null && newer.at != null && newer.at.isBefore(at);
        Consent after = late ? newer.under(this) : under(newer);
        return after.saysSame(this) ? repeated(late ? at : newer.at) : after;
    }

    /** This answer with {@code over} put over it. */
    private Consent under(Consent over) {
        return new Consent(
                over.adStorage != Choice.UNKNOWN ? over.adStorage : adStorage,
                over.analyticsStorage != Choice.UNKNOWN ? over.analyticsStorage : analyticsStorage,
                over.adUserData != Choice.UNKNOWN ? over.adUserData : adUserData,
                over.adPersonalization != Choice.UNKNOWN ? over.adPersonalization : adPersonalization,
                over.source,
                over.tcString,
                over.gpc,
                over.gdpr || gdpr,
                over.country != null ? over.country : country,
                over.at != null ? over.at : at);
    }

    private Consent repeated(@Nullable Instant when) {
        return new Consent(
                adStorage,
                analyticsStorage,
                adUserData,
                adPersonalization,
                source,
                tcString,
                gpc,
                gdpr,
                country,
                when != null ? when : at);
    }

    /** The same with the browser's "do not sell or share" taken for a refusal, whatever else was said. */
    public Consent withGpcHonoured() {
        return new Consent(
                adStorage,
                analyticsStorage,
                Choice.DENIED,
                Choice.DENIED,
                Source.GPC,
                tcString,
                gpc,
                gdpr,
                country,
                at);
    }
}
