package kembali.api;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kembali.inbound.PostbackDoc;
import kembali.inbound.Source;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a source of postbacks, ready to be copied into the network's form.
 *
 * @param get for a network that calls an address, with its macros
 * @param keitaro the same in the spelling of other trackers: a saved address only needs a new host
 * @param batch for many at once
 */
public record PostbackUrls(String get, String keitaro, String batch) {
    /** The parameters an address carries, in order. */
    static final List<String> PARAMETERS = List.of("subid", "status", "payout", "currency", "tid");

    /** What networks without macros of their own in the source's settings are shown. */
    private static final Map<String, String> USUAL = Map.of(
            "subid", "{subid}", "status", "{status}", "payout", "{payout}", "currency", "{currency}", "tid", "{tid}");

    static PostbackUrls of(String publicUrl, Source s, PostbackDoc doc) {
        String query = PARAMETERS.stream()
                .map(p -> p + "=" + doc.macros().getOrDefault(p, USUAL.getOrDefault(p, "{" + p + "}")))
                .collect(Collectors.joining("&"));
        String from = from(doc.label());
        return new PostbackUrls(
                publicUrl + "/p/" + s.token() + "?" + query + from,
                publicUrl + "/" + s.token() + "/postback?" + query + from,
                publicUrl + "/p/" + s.token() + "/batch");
    }

    private static String from(@Nullable String label) {
        return label == null
                ? ""
                : "&from=" + java.net.URLEncoder.encode(label, java.nio.charset.StandardCharsets.UTF_8);
    }
}
