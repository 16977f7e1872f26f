package kembali.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import kembali.inbound.Requests;
import kembali.inbound.Source;
import kembali.inbound.SourceDoc;
import kembali.inbound.SourceKeys;
import org.jspecify.annotations.Nullable;

/**
 * A stored source.
 *
 * @param url the address requests are sent to; whoever knows it can send
 * @param previousUrlUntil how long the address before the last rotation is good; null when it is not
 * @param verifyToken what the provider's form asks for; readable, because it must be entered there
 * @param lastEventAt when the last request came, refused ones included; null when none did within two weeks
 * @param lastDay requests of the last 24 hours by what became of them; of postbacks, of today (UTC): {@code booked},
 *     {@code duplicate}, {@code kept}, {@code refused}
 * @param postback what a source of postbacks has besides
 */
public record SourceView(
        String id,
        String kind,
        String name,
        String url,
        @Nullable Instant previousUrlUntil,
        @Nullable String businessNumber,
        Map<String, String> fieldMap,
        Map<String, String> statusMap,
        @Nullable String redirectUrl,
        List<String> origins,
        String honeypot,
        @Nullable String firstMessageStatus,
        boolean probableMatch,
        Kept secret,
        @Nullable String verifyToken,
        Kept accessToken,
        @Nullable Instant lastEventAt,
        Map<String, Integer> lastDay,
        Instant createdAt,
        Instant updatedAt,
        @JsonUnwrapped @Nullable PostbackSourcePart postback) {
    /**
     * A secret that is not shown.
     *
     * @param hint its end; null when none is set
     */
    public record Kept(boolean set, @Nullable String hint) {
        private static final int SHOWN = 4;

        static Kept of(@Nullable String secret) {
            if (secret == null) {
                return new Kept(false, null);
            }
            return new Kept(true, "…" + (secret.length() > 3 * SHOWN ? secret.substring(secret.length() - SHOWN) : ""));
        }
    }

    static SourceView of(Source s, String publicUrl, Requests.Figures figures, Instant now) {
        return of(s, publicUrl, figures, now, null);
    }

    static SourceView of(
            Source s, String publicUrl, Requests.Figures figures, Instant now, @Nullable PostbackSourcePart postback) {
        SourceDoc d = s.doc();
        SourceKeys k = s.keys();
        Instant until = s.previousUntil();
        return new SourceView(
                s.id(),
                s.kind(),
                s.name(),
                publicUrl + s.path(),
                until != null && now.isBefore(until) ? until : null,
                d.businessNumber(),
                d.fieldMap(),
                d.statusMap(),
                d.redirectUrl(),
                d.origins(),
                d.honeypot(),
                d.firstMessageStatus(),
                d.probableMatch(),
                Kept.of(k.secret()),
                k.verifyToken(),
                Kept.of(k.accessToken()),
                figures.lastEventAt(),
                figures.byStatus(),
                s.createdAt(),
                s.updatedAt(),
                postback);
    }
}
