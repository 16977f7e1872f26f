package kembali.api;

import java.util.List;
import kembali.capture.rotator.Rotator;
import kembali.capture.rotator.form.LeadForm;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A rotator as people send it. */
public record RotatorInput(
        @Nullable String slug,
        @Nullable String name,

        @Nullable @Schema(description = "Template with {code}, {name}, {campaign}, {agent}, {utm_source}, …")
        String message,

        @Nullable List<ShareInput> agents,

        @Nullable @Schema(description = "round_robin or weighted")
        String distribution,

        @Nullable Boolean sticky,
        @Nullable String fallbackPhone,

        @Nullable @Schema(description = "wa.me, api.whatsapp.com, or page for a page with a button")
        String linkHost,

        @Nullable FormInput form,
        @Nullable PreviewInput preview,

        @Nullable @Schema(description = "Hosts that answer this link besides those of the workspace")
        List<String> domains,

        @Nullable @Schema(description = "More clicks a minute from one address are flagged")
        Integer clicksPerMinute) {
    static final RotatorInput NOTHING =
            new RotatorInput(null, null, null, null, null, null, null, null, null, null, null, null);

    /** An agent's part. */
    public record ShareInput(
            @Nullable String agentId,
            @Nullable Integer weight,

            @Nullable @Schema(description = "Most chats a day in this rotator")
            Integer dailyCap) {}

    /** What is asked before the chat. */
    public record FormInput(
            @Nullable String title,
            @Nullable String intro,
            @Nullable List<FieldInput> fields,
            @Nullable String consentText,
            @Nullable Boolean consentRequired,
            @Nullable String button,
            @Nullable @Schema(description = "id or en") String language,

            @Nullable @Schema(description = "form: who sends it is a lead; click: who opens the link")
            String leadOn) {}

    /** One question. */
    public record FieldInput(
            @Nullable String key,
            @Nullable String label,

            @Nullable @Schema(description = "text, select or checkbox")
            String type,

            @Nullable List<String> options,
            @Nullable Boolean required) {}

    /** What messengers show of the link. */
    public record PreviewInput(
            @Nullable String title,
            @Nullable String description,
            @Nullable String imageUrl) {}

    /** A stored rotator as one would send it. */
    static RotatorInput of(Rotator r) {
        Rotator.Doc d = r.doc();
        return new RotatorInput(
                r.slug(),
                d.name(),
                d.message(),
                d.agents().stream()
                        .map(s -> new ShareInput(s.agentId(), s.weight(), s.dailyCap()))
                        .toList(),
                d.distribution(),
                d.sticky(),
                d.fallbackPhone(),
                d.linkHost(),
                form(d.form()),
                d.preview() == null
                        ? null
                        : new PreviewInput(
                                d.preview().title(),
                                d.preview().description(),
                                d.preview().imageUrl()),
                List.copyOf(d.domains()),
                d.clicksPerMinute());
    }

    static @Nullable FormInput form(@Nullable LeadForm f) {
        return f == null
                ? null
                : new FormInput(
                        f.title(),
                        f.intro(),
                        f.fields().stream()
                                .map(q -> new FieldInput(q.key(), q.label(), q.type(), q.options(), q.required()))
                                .toList(),
                        f.consentText(),
                        f.consentRequired(),
                        f.button(),
                        f.language(),
                        f.leadOn());
    }
}
