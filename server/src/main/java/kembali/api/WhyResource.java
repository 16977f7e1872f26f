package kembali.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import kembali.account.Workspaces;
import kembali.conversion.Decisions;
import kembali.delivery.Deliveries;
import kembali.delivery.Delivery;
import kembali.diagnosis.WhyNot;
import kembali.http.Caller;
import kembali.lead.Lead;
import kembali.lead.Leads;
import kembali.pixel.Pixel;
import kembali.pixel.Pixels;
import kembali.platform.ConversionEvent;
import kembali.store.Store;
import kembali.support.Refusal;
import kembali.visitor.Visitor;
import kembali.visitor.Visitors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Why a lead was, or was not, reported to each pixel. */
@Path("/api/v1/leads/{id}/why")
@Tag(name = "Diagnostics")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class WhyResource {
    @Inject
    Caller caller;

    @Inject
    Workspaces workspaces;

    @Inject
    Store store;

    @Inject
    Leads leads;

    @Inject
    Visitors visitors;

    @Inject
    Pixels pixels;

    @Inject
    Decisions decisions;

    @Inject
    InstantSource clock;

    /** The answers for the status the lead has. */
    public record Why(String leadId, String status, Instant statusAt, List<OfPixel> items) {}

    /**
     * The answer of one pixel.
     *
     * @param verdict {@code accepted}, {@code partial_failure}, {@code failed}, {@code skipped}, {@code waiting} or
     *     {@code not_reported}
     * @param deliveries all it was told of this lead, whatever the status, newest first
     */
    public record OfPixel(
            String pixelId,
            String pixelName,
            String platform,
            String verdict,
            @Nullable String code,
            String message,
            String fix,
            @Nullable String deliveryId,
            List<DeliveryBrief> deliveries) {}

    @GET
    @Operation(summary = "Why was this lead not sent?")
    public Why why(
            @PathParam("id") String id,
            @QueryParam("pixelId") @Nullable String pixelId,
            @QueryParam("platform") @Nullable String platform) {
        int ws = caller.workspaceId();
        Instant now = clock.instant();
        return store.read(sql -> {
            Lead lead = LeadIds.find(sql, leads, visitors, workspaces.get(ws), id);
            Visitor visitor = lead == null ? null : visitors.find(sql, ws, lead.visitorNo());
            if (lead == null || visitor == null) {
                throw Refusal.notFound("There is no lead \"" + id + "\".");
            }
            List<Delivery> standing = Deliveries.ofLead(sql, ws, lead.id());
            var reached = new Decisions.Reached(
                    lead, visitor, lead.status(), lead.statusAt(), ConversionEvent.Origin.CRM, null, null);
            List<Delivery> today = decisions.preview(sql, reached, now, standing);
            var items = new ArrayList<OfPixel>();
            for (Delivery d : today) {
                Pixel pixel = pixels.find(ws, d.pixelId());
                boolean wanted = pixel != null
                        && (pixelId == null || pixel.id().equals(pixelId))
                        && (platform == null || pixel.platform().key().equals(platform));
                if (pixel != null && wanted) {
                    items.add(item(lead, pixel, standing, d, now));
                }
            }
            return new Why(lead.id(), lead.status(), lead.statusAt(), items);
        });
    }

    private static OfPixel item(Lead lead, Pixel pixel, List<Delivery> standing, Delivery today, Instant now) {
        List<Delivery> own = standing.stream()
                .filter(d -> d.pixelId().equals(pixel.id()))
                .sorted((a, b) -> b.id().compareTo(a.id()))
                .toList();
        WhyNot why = WhyNot.of(lead, pixel, own, today, now);
        return new OfPixel(
                pixel.id(),
                pixel.name(),
                pixel.platform().key(),
                why.verdict(),
                why.code(),
                why.message(),
                why.fix(),
                why.deliveryId(),
                own.stream().map(DeliveryBrief::of).toList());
    }
}
