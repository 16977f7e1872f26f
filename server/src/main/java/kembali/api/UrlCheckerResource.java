package kembali.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import kembali.account.LinkDomains;
import kembali.campaign.SourceTemplate;
import kembali.campaign.UrlChecker;
import kembali.capture.campaign.Campaigns;
import kembali.http.Caller;
import kembali.http.Checks;
import kembali.support.Settings;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with an ad's link, without any traffic. */
@Path("/api/v1/url-checker")
@Tag(name = "Campaigns")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class UrlCheckerResource {
    @Inject
    Caller caller;

    @Inject
    Campaigns campaigns;

    @Inject
    LinkDomains domains;

    @Inject
    Settings settings;

    /** A link as it stands in the ad's form, or as it was copied after a click. */
    public record UrlToCheck(
            @Nullable String url,

            @Nullable @Schema(description = "Key of the source template the ad is of, such as meta")
            String source) {}

    /** @param findings the worst first; empty when the link is sound */
    public record Checked(String url, List<FindingView> findings) {}

    @POST
    @Operation(summary = "Check an ad's link")
    public Checked check(@Nullable UrlToCheck said) {
        var checks = new Checks();
        String url = checks.required("url", said == null ? null : said.url(), UrlChecker.MAX_LENGTH + 1);
        SourceTemplate source = null;
        if (said != null && said.source() != null) {
            source = SourceTemplate.named(checks.word(
                    "source",
                    said.source(),
                    SourceTemplate.ALL.stream().map(SourceTemplate::key).toList(),
                    ""));
        }
        checks.done();
        return new Checked(
                url,
                new UrlChecker(ownHosts(), source)
                        .check(url).stream().map(FindingView::of).toList());
    }

    private Set<String> ownHosts() {
        int ws = caller.workspaceId();
        var hosts = new HashSet<>(domains.of(ws));
        hosts.add(String.valueOf(settings.publicUrl().getHost()).toLowerCase(Locale.ROOT));
        campaigns.of(ws).forEach(c -> {
            if (c.domain() != null) {
                hosts.add(c.domain());
            }
        });
        return hosts;
    }
}
