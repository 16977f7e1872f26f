package kembali.campaign;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of a campaign's links: the label people see, the query key it is read from, and what is written for it
 * into the link that the source gets.
 *
 * @param name label in reports
 * @param key query key, lower case
 * @param token the source's macro ({@code {{ad.id}}}) or a constant; empty leaves the parameter out of links
 * @param slot where the value is kept, one of {@link Slots#ALL}; null keeps it under its key only
 * @param clickId the click id this value is, such as {@code fbclid} passed on by an app as {@code sub1}; null for any other
 *     value. A query key that is a click id's own name needs no saying
 */
public record CampaignParameter(
        String name,
        String key,
        String token,
        @Nullable String slot,
        @Nullable String clickId) {
    /** Tokens by which trackers of this kind say "the click id itself". */
    private static final Set<String> DECLARING =
            Set.of("fbclid", "gclid", "gbraid", "wbraid", "ttclid", "li_fat_id", "msclkid", "ctwa_clid");

    public CampaignParameter {
        key = key.strip().toLowerCase(Locale.ROOT);
    }

    public static CampaignParameter of(String name, String key, String token, @Nullable String slot) {
        return new CampaignParameter(name, key, token, slot, null);
    }

    /**
     * A parameter as another tracker exports it. The key {@code sub1} with the token {@code {fbclid}} declares that the
     * fbclid arrives as {@code sub1}.
     */
    public static CampaignParameter imported(String name, String key, String token, @Nullable String slot) {
        String inner = token.length() > 2 && token.startsWith("{") && token.endsWith("}")
                ? token.substring(1, token.length() - 1).strip().toLowerCase(Locale.ROOT)
                : "";
        boolean declares =
                DECLARING.contains(inner) && !inner.equals(key.strip().toLowerCase(Locale.ROOT));
        return new CampaignParameter(name, key, token, slot, declares ? inner : null);
    }

    /** Whether the token is filled by the source, not by us and not written as it stands. */
    public boolean hasMacro() {
        return Unfilled.isOne("", token);
    }
}
