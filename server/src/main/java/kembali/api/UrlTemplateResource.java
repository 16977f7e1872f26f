package kembali.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.stream.Collectors;
import kembali.http.Caller;
import kembali.pixel.Pixel;
import kembali.pixel.Pixels;
import kembali.platform.Platform;
import kembali.platform.Platforms;
import kembali.platform.UrlTemplate;
import kembali.support.Refusal;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What to enter as URL parameters in each platform's ads. */
@Path("/api/v1/url-templates")
@Tag(name = "URL templates")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class UrlTemplateResource {
    @Inject
    Caller caller;

    @Inject
    Platforms platforms;

    @Inject
    Pixels pixels;

    /** A template, filled with the account ids of the named pixel, else of the platform's first. */
    public record UrlTemplateView(
            String platform, String title, @Nullable String pixelId, UrlTemplate template) {}

    /** @param pixelId whose account ids to fill in; left out: the workspace's first pixel of that platform */
    @GET
    @Path("/{platform}")
    public UrlTemplateView get(@PathParam("platform") String key, @QueryParam("pixelId") @Nullable String pixelId) {
        // People say Google; the account that buys the ads is Google Ads'.
        Platform platform =
                platforms.find(key.equals("google") ? "google_ads" : key).orElse(null);
        Pixel pixel = platform == null ? null : pixel(platform, pixelId);
        UrlTemplate template = platform == null
                ? null
                : platform.urlTemplate(pixel == null ? Map.of() : pixel.doc().settings());
        if (platform == null || template == null) {
            throw Refusal.notFound("There is no URL template for \"" + key + "\"; there are: "
                    + platforms.list().stream()
                            .filter(p -> p.urlTemplate(Map.of()) != null)
                            .map(Platform::key)
                            .collect(Collectors.joining(", ")));
        }
        return new UrlTemplateView(platform.key(), platform.title(), pixel == null ? null : pixel.id(), template);
    }

    private @Nullable Pixel pixel(Platform platform, @Nullable String pixelId) {
        if (pixelId != null) {
            Pixel p = pixels.find(caller.workspaceId(), pixelId);
            if (p == null || p.platform() != platform) {
                throw Refusal.notFound("There is no " + platform.title() + " pixel \"" + pixelId + "\".");
            }
            return p;
        }
        return pixels.of(caller.workspaceId()).stream()
                .filter(p -> p.platform() == platform)
                .findFirst()
                .orElse(null);
    }
}
