package kembali.api;

import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kembali.account.LinkDomains;
import kembali.capture.rotator.Rotator;
import kembali.capture.rotator.Rotators;
import kembali.http.Caller;
import kembali.http.Checks;
import kembali.support.Settings;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The QR code of a rotator's link, for print: with UTM parameters it tells its scans from other clicks. */
@Path("/api/v1/rotators/{id}")
@Tag(name = "Rotators")
@RunOnVirtualThread
public class RotatorQrResource {
    private static final int USUAL_SIZE = 512;
    private static final int LEAST_SIZE = 64;
    private static final int MOST_SIZE = 2_000;
    private static final int USUAL_MARGIN = 4;
    private static final int MOST_MARGIN = 20;

    @Inject
    Caller caller;

    @Inject
    Rotators rotators;

    @Inject
    LinkDomains domains;

    @Inject
    Settings settings;

    /** How it is drawn, and the UTM parameters of the link. */
    public static class Wanted {
        @QueryParam("size")
        @Nullable String size;

        @QueryParam("margin")
        @Nullable String margin;

        @QueryParam("correction")
        @Nullable String correction;

        @QueryParam("utm_source")
        @Nullable String utmSource;

        @QueryParam("utm_medium")
        @Nullable String utmMedium;

        @QueryParam("utm_campaign")
        @Nullable String utmCampaign;

        @QueryParam("utm_term")
        @Nullable String utmTerm;

        @QueryParam("utm_content")
        @Nullable String utmContent;
    }

    private record Drawn(QrImage image, int size) {}

    @GET
    @Path("/qr.svg")
    @Produces("image/svg+xml")
    public String svg(@PathParam("id") String id, @BeanParam Wanted wanted) {
        Drawn drawn = draw(id, wanted);
        return drawn.image.svg(drawn.size);
    }

    @GET
    @Path("/qr.png")
    @Produces("image/png")
    public byte[] png(@PathParam("id") String id, @BeanParam Wanted wanted) {
        Drawn drawn = draw(id, wanted);
        return drawn.image.png(drawn.size);
    }

    private Drawn draw(String id, Wanted wanted) {
        Rotator r = RotatorResource.found(rotators, caller.workspaceId(), id);
        var checks = new Checks();
        int size = whole(checks, "size", wanted.size, USUAL_SIZE, LEAST_SIZE, MOST_SIZE);
        int margin = whole(checks, "margin", wanted.margin, USUAL_MARGIN, 0, MOST_MARGIN);
        String correction = checks.word("correction", wanted.correction, List.of("L", "M", "Q", "H"), "M");
        var utm = new LinkedHashMap<String, @Nullable String>();
        utm.put("utm_source", wanted.utmSource);
        utm.put("utm_medium", wanted.utmMedium);
        utm.put("utm_campaign", wanted.utmCampaign);
        utm.put("utm_term", wanted.utmTerm);
        utm.put("utm_content", wanted.utmContent);
        String address = RotatorView.url(r, domains, settings.publicUrl()) + query(checks, utm);
        checks.done();
        return new Drawn(new QrImage(address, ErrorCorrectionLevel.valueOf(correction), margin), size);
    }

    private static String query(Checks checks, Map<String, @Nullable String> utm) {
        var query = new StringBuilder();
        utm.forEach((name, raw) -> {
            String value = checks.text(name, raw, 100);
            if (value != null) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
            }
        });
        return query.toString();
    }

    private static int whole(Checks checks, String field, @Nullable String raw, int usual, int least, int most) {
        if (raw == null || raw.isBlank()) {
            return usual;
        }
        if (raw.matches("\\d{1,6}")) {
            int n = Integer.parseInt(raw);
            if (n >= least && n <= most) {
                return n;
            }
        }
        checks.error(field, "must be a whole number from " + least + " to " + most);
        return usual;
    }
}
