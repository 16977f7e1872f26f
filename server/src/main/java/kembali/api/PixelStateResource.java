package kembali.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import kembali.delivery.TestConnection;
import kembali.delivery.Waiting;
import kembali.http.Caller;
import kembali.http.Checks;
import kembali.pixel.Pixel;
import kembali.pixel.Pixels;
import kembali.platform.ProbeResult;
import kembali.platform.Reasons;
import kembali.store.Store;
import kembali.support.Refusal;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Stopping and starting a pixel: test, pause, mute, test mode, and what waits. */
@Path("/api/v1/pixels/{id}")
@Tag(name = "Pixels")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PixelStateResource {
    private static final int USUAL_TEST_MINUTES = 60;
    private static final int MOST_TEST_MINUTES = 24 * 60;
    private static final String DISCARD = "discard";

    @Inject
    Caller caller;

    @Inject
    Pixels pixels;

    @Inject
    PixelViews views;

    @Inject
    Store store;

    @Inject
    TestConnection testConnection;

    @Inject
    InstantSource clock;

    @Inject
    ObjectMapper json;

    /** Test mode: the platform's code, and how long. */
    public record TestModeInput(
            @Nullable String code, @Nullable Integer minutes) {}

    /** What to do with what waited: {@code send} it, which is usual, or {@code discard} it. */
    public record ResumeInput(@Nullable String waiting) {}

    /**
     * What waits.
     *
     * @param oldestAt when the oldest of it was decided; null when nothing waits
     */
    public record WaitingView(
            int count, List<Amount> values, @Nullable Instant oldestAt) {}

    /** A sum, as a decimal text. */
    public record Amount(String currency, String amount) {}

    /** Proves proxy, address, access and ids, and says which of them fails; writes no row of the sync log. */
    @POST
    @Path("/test")
    @Consumes(MediaType.WILDCARD)
    public ProbeResult test(@PathParam("id") String id) throws InterruptedException {
        return testConnection.test(found(id));
    }

    /** Stops sending; what happens from now on waits. */
    @POST
    @Path("/pause")
    @Consumes(MediaType.WILDCARD)
    public PixelView pause(@PathParam("id") String id) {
        return views.of(pixels.pause(found(id), true));
    }

    /** What would be sent on {@code resume}, and what it is worth. */
    @GET
    @Path("/waiting")
    public WaitingView waiting(@PathParam("id") String id) {
        Pixel p = found(id);
        Waiting w = store.read(sql -> Waiting.of(sql, p.id()));
        return new WaitingView(
                w.count(),
                w.values().stream()
                        .map(m -> new Amount(m.currency(), m.plainAmount()))
                        .toList(),
                w.oldest());
    }

    /** Sends again. What waited is sent, or thrown away. */
    @POST
    @Path("/resume")
    @Consumes(MediaType.WILDCARD)
    public PixelView resume(
            @PathParam("id") String id,
            @RequestBody(content = @Content(schema = @Schema(implementation = ResumeInput.class))) @Nullable String body)
            throws JsonProcessingException {
        Pixel p = found(id);
        ResumeInput in = body == null || body.isBlank() ? null : json.readValue(body, ResumeInput.class);
        var checks = new Checks();
        String waiting = checks.word("waiting", in == null ? null : in.waiting(), List.of("send", DISCARD), "send");
        checks.done();
        if (waiting.equals(DISCARD) && !p.paused()) {
            throw Refusal.conflict("waiting", "only what waits behind a paused pixel can be discarded");
        }
        store.write(tx -> {
            if (waiting.equals(DISCARD)) {
                Waiting.discard(tx, p.id(), Reasons.DISCARDED);
            }
            pixels.pause(tx, p, false);
            return true;
        });
        return views.of(found(id));
    }

    /** What happens from now on is not sent, also not later. What waits already still is. */
    @POST
    @Path("/mute")
    @Consumes(MediaType.WILDCARD)
    public PixelView mute(@PathParam("id") String id) {
        return views.of(pixels.mute(found(id), true));
    }

    /** Reports again what happens from now on. */
    @POST
    @Path("/unmute")
    @Consumes(MediaType.WILDCARD)
    public PixelView unmute(@PathParam("id") String id) {
        return views.of(pixels.mute(found(id), false));
    }

    @POST
    @Path("/test-mode")
    public PixelView testMode(@PathParam("id") String id, TestModeInput in) {
        Pixel p = found(id);
        var checks = new Checks();
        String code = checks.text("code", in == null ? null : in.code(), 100);
        int minutes = in == null || in.minutes() == null ? USUAL_TEST_MINUTES : in.minutes();
        if (minutes < 0 || minutes > MOST_TEST_MINUTES) {
            checks.error("minutes", "must be 0 to " + MOST_TEST_MINUTES);
        }
        checks.done();
        Instant until = code == null || minutes == 0 ? null : clock.instant().plus(Duration.ofMinutes(minutes));
        return views.of(pixels.testMode(p, until == null ? null : code, until));
    }

    private Pixel found(String id) {
        return views.found(caller.workspaceId(), id);
    }
}
