package kembali.api;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import kembali.account.LinkDomains;
import kembali.api.RotatorInput.FormInput;
import kembali.capture.rotator.Rotator;
import org.jspecify.annotations.Nullable;

/** A stored rotator. @param url the link, on the first host of its own where it has one */
public record RotatorView(
        String id,
        String slug,
        String url,
        String name,
        String message,
        List<Rotator.Share> agents,
        String distribution,
        boolean sticky,
        @Nullable String fallbackPhone,
        String linkHost,
        @Nullable FormInput form,
        Rotator.@Nullable Preview preview,
        List<String> domains,
        int clicksPerMinute,
        Instant createdAt,
        Instant updatedAt) {
    static RotatorView of(Rotator r, LinkDomains domains, URI publicUrl) {
        Rotator.Doc d = r.doc();
        return new RotatorView(
                r.id(),
                r.slug(),
                url(r, domains, publicUrl),
                d.name(),
                d.message(),
                d.agents(),
                d.distribution(),
                d.sticky(),
                d.fallbackPhone(),
                d.linkHost() == null ? "wa.me" : d.linkHost(),
                RotatorInput.form(d.form()),
                d.preview(),
                d.domains(),
                d.unflaggedClicks(),
                r.createdAt(),
                r.updatedAt());
    }

    /** The link's address: on the rotator's own host, else on the workspace's, else on the server's. */
    static String url(Rotator r, LinkDomains domains, URI publicUrl) {
        List<String> own = r.doc().domains().isEmpty()
                ? domains.of(r.workspaceId())
                : r.doc().domains();
        String base = own.isEmpty() ? publicUrl.toString() : publicUrl.getScheme() + "://" + own.getFirst();
        return base + "/wa/" + r.slug();
    }
}
