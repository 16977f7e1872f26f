package kembali.transfer.column;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file whose columns tell where it comes from.
 *
 * @param name as people are told: {@code a Keitaro conversions log}
 * @param kind what its rows are
 * @param all columns that must be there, by their letters and digits
 * @param some further columns, of which {@code atLeast} must be there
 * @param passedOver columns that say nothing we keep: they are left out without a word
 */
public record KnownFormat(
        String name, ImportKind kind, Set<String> all, Set<String> some, int atLeast, Set<String> passedOver) {
    /** Fields of an export whose columns only inform. */
    private static final Set<String> OWN_LEADS =
            Set.of("code", "updatedat", "syncstate", "takenover", "platform", "channel");

    private static final List<KnownFormat> ALL = List.of(
            new KnownFormat(
                    "an export of leads from Kembali",
                    ImportKind.LEADS,
                    Set.of("id", "code", "syncstate"),
                    Set.of(),
                    0,
                    OWN_LEADS),
            new KnownFormat(
                    "an export of clicks from Kembali",
                    ImportKind.CLICKS,
                    Set.of("subid", "visitor", "campaignalias"),
                    Set.of(),
                    0,
                    Set.of("visitor", "lead", "leadid", "platform", "flagged")),
            new KnownFormat(
                    "a Keitaro conversions log",
                    ImportKind.CONVERSIONS,
                    Set.of(),
                    Set.of(
                            "clickdatetime",
                            "postbackdatetime",
                            "saledatetime",
                            "previousstatus",
                            "originalstatus",
                            "conversionid"),
                    3,
                    Set.of(
                            "clickdatetime",
                            "previousstatus",
                            "originalstatus",
                            "conversionid",
                            "campaign",
                            "campaignid",
                            "offer",
                            "offerid",
                            "affiliatenetwork")),
            new KnownFormat(
                    "a Keitaro clicks log",
                    ImportKind.CLICKS,
                    Set.of("subid"),
                    Set.of(
                            "adcampaignid",
                            "creativeid",
                            "externalid",
                            "stream",
                            "streamid",
                            "landing",
                            "landingid",
                            "offer",
                            "offerid",
                            "visitorcode",
                            "isbot",
                            "isuniquestream",
                            "isuniquecampaign"),
                    2,
                    Set.of(
                            "stream",
                            "streamid",
                            "landing",
                            "landingid",
                            "offer",
                            "offerid",
                            "visitorcode",
                            "isbot",
                            "isuniquestream",
                            "isuniquecampaign",
                            "country",
                            "region",
                            "city",
                            "browser",
                            "os",
                            "devicetype",
                            "isp")),
            new KnownFormat(
                    "an export of leads from Konektor",
                    ImportKind.LEADS,
                    Set.of("uniquecode"),
                    Set.of("firstname", "lastname", "adplatform", "conversionsyncstatus", "externalref"),
                    2,
                    Set.of(
                            "uniquecode",
                            "adplatform",
                            "conversionsyncstatus",
                            "lastconversionsyncat",
                            "updatedat",
                            "timezone")));

    /** The format of a file with these columns, or null. */
    public static @Nullable KnownFormat of(List<String> header) {
        List<String> names = header.stream().map(FieldTable::normal).toList();
        return ALL.stream()
                .filter(f -> names.containsAll(f.all)
                        && f.some.stream().filter(names::contains).count() >= f.atLeast)
                .findFirst()
                .orElse(null);
    }

    /** Whether a column of it says nothing we keep. */
    boolean passesOver(String column) {
        return passedOver.contains(FieldTable.normal(column));
    }
}
