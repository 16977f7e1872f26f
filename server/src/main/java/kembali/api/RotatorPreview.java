package kembali.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import kembali.capture.rotator.Agent;
import kembali.capture.rotator.DraftMessage;
import kembali.capture.rotator.Rotator;
import kembali.capture.rotator.Rotators;
import kembali.capture.rotator.WaLink;
import kembali.capture.rotator.form.LeadForm;
import kembali.visitor.VisitorCode;
import org.jspecify.annotations.Nullable;

/**
 * What a rotator's message becomes for somebody.
 *
 * @param text with sample values
 * @param length of the text in characters, an emoji being one or a few
 * @param textWithoutValues when nothing is known but the code
 * @param url the address people are sent to; null where no number is known
 */
public record RotatorPreview(
        String text,
        int length,
        String textWithoutValues,
        @Nullable String url,
        List<Warning> warnings) {
    /** Something to think about; nothing is refused for it. */
    public record Warning(String code, String message) {}

    private static final VisitorCode CODE = new VisitorCode("ABC2345");
    private static final Map<String, String> SAMPLES = Map.ofEntries(
            Map.entry("name", "Budi Santoso"),
            Map.entry("campaign", "Promo Lebaran"),
            Map.entry("agent", "Sari"),
            Map.entry("utm_source", "instagram"),
            Map.entry("utm_medium", "paid"),
            Map.entry("utm_campaign", "Promo Lebaran"),
            Map.entry("utm_term", "batik"),
            Map.entry("utm_content", "video-3"),
            Map.entry("adset_name", "Jakarta 25-34"),
            Map.entry("ad_name", "Video 3"));

    /**
     * @param message null for the usual one
     * @param samples values by placeholder, over ours
     */
    static RotatorPreview of(
            @Nullable String message,
            String linkHost,
            List<Rotator.Share> shares,
            @Nullable String fallback,
            @Nullable LeadForm form,
            Map<String, String> samples,
            Rotators rotators,
            int workspaceId) {
        Agent agent = shares.stream()
                .map(s -> rotators.findAgent(workspaceId, s.agentId()))
                .filter(a -> a != null)
                .findFirst()
                .orElse(null);
        Set<String> own = form == null
                ? Set.of()
                : form.fields().stream().map(LeadForm.Field::key).collect(Collectors.toSet());
        var draft = new DraftMessage(message == null ? RotatorReader.USUAL_MESSAGE : message, own);
        DraftMessage.Values values = p -> {
            String said = samples.get(p);
            return said != null ? said : p.equals("agent") && agent != null ? agent.name() : SAMPLES.get(p);
        };
        String whole = draft.whole(CODE, values);
        String text = draft.expand(CODE, values);
        String number = agent == null ? fallback : agent.phone();
        var host = linkHost.equals(WaLink.Host.API.hostName()) ? WaLink.Host.API : WaLink.Host.WA_ME;
        return new RotatorPreview(
                text,
                text.codePointCount(0, text.length()),
                draft.expand(CODE, p -> null),
                number == null ? null : WaLink.to(host, number, text),
                warnings(draft, whole, text, number));
    }

    private static List<Warning> warnings(DraftMessage draft, String whole, String text, @Nullable String number) {
        var warnings = new ArrayList<Warning>();
        if (whole.length() > text.length() || whole.length() > DraftMessage.MAX_LENGTH) {
            warnings.add(new Warning(
                    "too_long",
                    "The message has " + whole.length() + " characters; what does not fit into "
                            + DraftMessage.MAX_LENGTH + " is cut, except the code."));
        }
        if (!draft.namesCode()) {
            warnings.add(new Warning(
                    "no_code", "The message does not say where {code} stands, so the code is put at its end."));
        }
        for (String unknown : draft.unknownPlaceholders()) {
            warnings.add(new Warning(
                    "unknown_placeholder",
                    "{" + unknown + "} is no placeholder and stays as it is; there are "
                            + DraftMessage.PLACEHOLDERS.stream()
                                    .map(p -> "{" + p + "}")
                                    .collect(Collectors.joining(", "))
                            + " and the keys of the form."));
        }
        if (number == null) {
            warnings.add(new Warning("no_number", "No agent and no fallbackPhone is named, so there is no address."));
        }
        return warnings;
    }
}
