package kembali.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import kembali.platform.ApiVersion;
import kembali.platform.EventCatalog;
import kembali.platform.Platform;
import kembali.platform.Platforms;
import kembali.platform.SettingsForm;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What each platform asks for, knows and takes. */
@Path("/api/v1/platforms")
@Tag(name = "Platforms")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PlatformResource {
    @Inject
    Platforms platforms;

    /** One platform. */
    public record PlatformView(
            String key,
            String title,
            SettingsForm form,
            List<EventCatalog.Event> events,
            List<EventCatalog.Column> mapping,
            List<ApiVersion> versions,
            Limits limits) {}

    /** What it takes: events of a request, their age, requests a second of one pixel. */
    public record Limits(int maxBatch, long maxAgeSeconds, int requestsPerSecond) {}

    /** All of them. */
    public record PlatformList(List<PlatformView> items) {}

    @GET
    public PlatformList list() {
        return new PlatformList(
                platforms.list().stream().map(PlatformResource::view).toList());
    }

    private static PlatformView view(Platform p) {
        var rules = p.rules();
        return new PlatformView(
                p.key(),
                p.title(),
                p.form(),
                p.catalog().events(),
                p.catalog().columns(),
                p.versions(),
                new Limits(rules.maxBatch(), rules.maxAge().toSeconds(), rules.requestsPerSecond()));
    }
}
