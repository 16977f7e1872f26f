package kembali.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kembali.conversion.Decisions;
import kembali.delivery.AccessTokens;
import kembali.delivery.Deliveries;
import kembali.delivery.PixelFigures;
import kembali.pixel.Pixel;
import kembali.pixel.Pixels;
import kembali.platform.Destination;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import kembali.platform.TokenSource;
import kembali.store.Store;
import kembali.support.Refusal;
import org.jspecify.annotations.Nullable;

/** Pixels as the API shows them: how they are set up, what became of their latest events, and what to look at. */
@ApplicationScoped
class PixelViews {
    /** The end of an authorisation is shown this early. */
    private static final Duration ACCESS_NOTICE = Duration.ofDays(30);

    private final Pixels pixels;
    private final Store store;
    private final Decisions decisions;
    private final AccessTokens tokens;
    private final InstantSource clock;

    @Inject
    PixelViews(Pixels pixels, Store store, Decisions decisions, AccessTokens tokens, InstantSource clock) {
        this.pixels = pixels;
        this.store = store;
        this.decisions = decisions;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** The workspace's pixel of that id. */
    Pixel found(int workspaceId, String id) {
        Pixel p = pixels.find(workspaceId, id);
        if (p == null) {
            throw Refusal.notFound("There is no pixel \"" + id + "\".");
        }
        return p;
    }

    PixelView of(Pixel p) {
        return of(List.of(p)).getFirst();
    }

    List<PixelView> of(List<Pixel> all) {
        Instant now = clock.instant();
        return store.read(sql -> {
            Map<String, Integer> queued = Deliveries.pendingByPixel(sql);
            return all.stream()
                    .map(p -> PixelView.of(
                            p,
                            queued.getOrDefault(p.id(), 0),
                            PixelFigures.of(sql, p.id(), now),
                            p.archivedAt() == null ? warnings(p, now) : List.of(),
                            now))
                    .toList();
        });
    }

    private List<Reason> warnings(Pixel p, Instant now) {
        var warnings = new ArrayList<Reason>();
        if (p.destination() == null) {
            warnings.add(Reasons.MISSING_CONFIGURATION);
        }
        if (decisions.mapsNothing(p)) {
            warnings.add(new Reason(
                    "mapping_empty",
                    "No status is mapped to an event of this platform, so it is told of nothing.",
                    "Choose events in the conversion settings or in the pixel's own mapping."));
        }
        Reason ending = accessEnds(p, now);
        if (ending != null) {
            warnings.add(ending);
        }
        warnings.addAll(p.platform().warnings(p.doc().settings()));
        return warnings;
    }

    private @Nullable Reason accessEnds(Pixel p, Instant now) {
        Destination destination = p.destination();
        TokenSource source = destination == null ? null : destination.tokens();
        Instant end = source == null ? null : tokens.grantEnd(source);
        return end == null || end.isAfter(now.plus(ACCESS_NOTICE))
                ? null
                : new Reason(
                        "authorization_ends",
                        p.platform().title() + " gives this pixel no access after "
                                + LocalDate.ofInstant(end, ZoneOffset.UTC) + ".",
                        "Authorise the app again at " + p.platform().title()
                                + " and enter the new refresh token in the pixel's credentials.");
    }
}
