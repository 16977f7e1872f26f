package kembali.sandbox.meta;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which datasets a WhatsApp account is linked to, and which page and account a click belongs to, as far as the caller
 * made it known. An account nobody spoke of is taken to be linked, a click nobody spoke of to be of the right ad.
 */
final class MetaAccounts {
    private static final int MAX_LINKS = 100_000;

    /** Where a click came from; null where it was not said. */
    private record Ad(@Nullable String page, @Nullable String account) {}

    private final Map<String, Set<String>> datasetsOfAccount = new ConcurrentHashMap<>();
    private final Map<String, Ad> adOfClick = new ConcurrentHashMap<>();

    /**
     * Learns the datasets of an account.
     *
     * @param link {@code {"plain":"<account>","datasets":["<id>", …]}}; an empty list links it to none
     * @throws IllegalArgumentException when the shape is wrong
     */
    void learnAccount(JsonNode link) {
        String account = link.path("plain").asText();
        JsonNode datasets = link.path("datasets");
        if (account.isBlank() || !datasets.isArray()) {
            throw new IllegalArgumentException(
                    "whatsapp_business_account_id must hold objects with plain and an array datasets");
        }
        Set<String> ids = new HashSet<>();
        datasets.forEach(id -> ids.add(id.asText()));
        bounded(datasetsOfAccount).put(account, Set.copyOf(ids));
    }

    /** Learns the ad of a click, when the value says one: {@code {"plain":"<click>","page_id":…}}. */
    void learnClick(JsonNode value) {
        JsonNode page = value.path("page_id");
        JsonNode account = value.path("whatsapp_business_account_id");
        if (page.isValueNode() || account.isValueNode()) {
            bounded(adOfClick)
                    .put(
                            value.path("plain").asText(),
                            new Ad(
                                    page.isValueNode() ? page.asText() : null,
                                    account.isValueNode() ? account.asText() : null));
        }
    }

    boolean isUnlinked(String account, String dataset) {
        Set<String> datasets = datasetsOfAccount.get(account);
        return datasets != null && !datasets.contains(dataset);
    }

    boolean isPageOfAnotherAd(String click, String page) {
        Ad ad = adOfClick.get(click);
        return ad != null && ad.page() != null && !ad.page().equals(page);
    }

    boolean isClickOfAnotherAccount(String click, String account) {
        Ad ad = adOfClick.get(click);
        return ad != null && ad.account() != null && !ad.account().equals(account);
    }

    void forget() {
        datasetsOfAccount.clear();
        adOfClick.clear();
    }

    private static <T> Map<String, T> bounded(Map<String, T> links) {
        if (links.size() >= MAX_LINKS) {
            throw new IllegalArgumentException("too many known values; DELETE /_sandbox/known first");
        }
        return links;
    }
}
