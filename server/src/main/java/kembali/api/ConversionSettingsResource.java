package kembali.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kembali.account.Workspaces;
import kembali.conversion.ConversionSettings;
import kembali.conversion.ConversionSettings.ValueKind;
import kembali.conversion.ConversionSettings.ValueRule;
import kembali.conversion.ConversionSettings.WhenUnknown;
import kembali.conversion.Decisions;
import kembali.conversion.SettingsBook;
import kembali.delivery.Deliveries;
import kembali.delivery.Delivery;
import kembali.delivery.TestConnection;
import kembali.http.Caller;
import kembali.http.Checks;
import kembali.lead.Lead;
import kembali.lead.LeadStatus;
import kembali.lead.Leads;
import kembali.lead.Pipelines;
import kembali.pixel.Pixel;
import kembali.pixel.Pixels;
import kembali.platform.ConversionEvent;
import kembali.platform.EventCatalog;
import kembali.platform.Platform;
import kembali.platform.Platforms;
import kembali.platform.ProbeResult;
import kembali.platform.Reason;
import kembali.platform.Strategy;
import kembali.store.Store;
import kembali.support.Refusal;
import kembali.visitor.Visitor;
import kembali.visitor.Visitors;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How a workspace reports its leads; what would be sent for one. */
@Path("/api/v1/conversion-settings")
@Tag(name = "Conversion settings")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ConversionSettingsResource {
    private static final List<String> PRESETS = List.of("sales", "subscription", "affiliate");
    private static final List<String> KINDS = List.of("estimated", "actual", "fixed", "none");

    @Inject
    Caller caller;

    @Inject
    SettingsBook book;

    @Inject
    Platforms platforms;

    @Inject
    Pixels pixels;

    @Inject
    Workspaces workspaces;

    @Inject
    Pipelines pipelines;

    @Inject
    Leads leads;

    @Inject
    Visitors visitors;

    @Inject
    Decisions decisions;

    @Inject
    Store store;

    @Inject
    TestConnection testConnection;

    @Inject
    InstantSource clock;

    /** Where a status's value comes from. */
    @com.fasterxml.jackson.annotation.JsonInclude(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL)
    public record ValueDoc(
            @Nullable String kind,
            @Nullable BigDecimal amount,
            @Nullable String currency) {}

    /** The settings as read and written. */
    public record SettingsDoc(
            @Nullable String strategy,
            @Nullable Map<String, @Nullable Map<String, @Nullable String>> mapping,
            @Nullable Map<String, ValueDoc> values,
            @Nullable List<String> modalTriggerStatuses,
            @Nullable Map<String, List<String>> customEvents,
            @Nullable String consentWhenUnknown) {}

    /**
     * Ready-made mappings by name.
     *
     * @param statuses by preset, the statuses it maps that this workspace does not have yet
     */
    public record Presets(
            Map<String, Map<String, Map<String, @Nullable String>>> presets, Map<String, List<String>> statuses) {}

    /** Which lead, reaching which status. */
    public record PreviewInput(
            @Nullable String leadId, @Nullable String status) {}

    /**
     * What one pixel would get, or why nothing.
     *
     * @param validation what the platform says of this very event when it was asked ({@code ?validate=true}) and offers
     *     such a check; it stores nothing
     */
    public record PreviewRow(
            String pixelId,
            String pixelName,
            String platform,
            @Nullable String event,
            String eventId,
            boolean send,
            @Nullable Reason reason,
            @Nullable RequestView request,
            List<String> matchKeys,
            @Nullable ProbeResult validation) {}

    /** A request as it would travel, without secrets. */
    public record RequestView(
            String method, String url, @Nullable Object body) {}

    /** What every pixel would get. */
    public record Preview(List<PreviewRow> items) {}

    @GET
    public SettingsDoc get() {
        return doc(book.of(caller.workspaceId()));
    }

    @PUT
    public SettingsDoc put(SettingsDoc in) {
        var checks = new Checks();
        ConversionSettings before = book.of(caller.workspaceId());
        List<String> statuses = pipelines.words(caller.workspaceId());
        if (in == null) {
            throw new Refusal(Refusal.Kind.MALFORMED, "The body must be a JSON object.", List.of());
        }
        Strategy strategy = Strategy.valueOf(checks.word(
                        "strategy",
                        in.strategy(),
                        List.of("strict", "send_all"),
                        before.strategy().name().toLowerCase(Locale.ROOT))
                .toUpperCase(Locale.ROOT));
        var after = new ConversionSettings(
                strategy,
                in.mapping() == null ? before.mapping() : mapping(in.mapping(), statuses, checks),
                in.values() == null ? before.values() : values(in.values(), statuses, checks),
                in.modalTriggerStatuses() == null
                        ? before.modalTriggerStatuses()
                        : triggers(in.modalTriggerStatuses(), statuses, checks),
                in.customEvents() == null ? before.customEvents() : customEvents(in.customEvents(), checks),
                WhenUnknown.valueOf(checks.word(
                                "consentWhenUnknown",
                                in.consentWhenUnknown(),
                                List.of("allow", "deny", "deny_in_eea"),
                                before.consentWhenUnknown().name().toLowerCase(Locale.ROOT))
                        .toUpperCase(Locale.ROOT)));
        checks.done();
        book.save(caller.workspaceId(), after);
        return get();
    }

    @GET
    @Path("/presets")
    public Presets presets() {
        var all = new LinkedHashMap<String, Map<String, Map<String, @Nullable String>>>();
        for (String preset : PRESETS) {
            all.put(preset, ConversionSettings.preset(platforms, preset));
        }
        var missing = new LinkedHashMap<String, List<String>>();
        List<String> known = pipelines.words(caller.workspaceId());
        all.forEach((name, mapping) -> missing.put(
                name, mapping.keySet().stream().filter(s -> !known.contains(s)).toList()));
        return new Presets(all, missing);
    }

    /**
     * Takes over a preset's mapping, and adds the statuses it needs to the end of the pipeline. Such a status is reported
     * with the money said when it is reached, unless there is a rule for it already.
     */
    @POST
    @Path("/presets/{name}/apply")
    @Consumes(MediaType.WILDCARD)
    public SettingsDoc apply(@PathParam("name") String name) {
        if (!PRESETS.contains(name)) {
            throw Refusal.notFound(
                    "There is no preset \"" + name + "\"; there are: " + String.join(", ", PRESETS) + ".");
        }
        int ws = caller.workspaceId();
        var mapping = ConversionSettings.preset(platforms, name);
        var stages = new ArrayList<>(pipelines.of(ws));
        for (String status : mapping.keySet()) {
            if (!pipelines.knows(ws, status)) {
                stages.add(new Pipelines.Stage(
                        status,
                        status.substring(0, 1).toUpperCase(Locale.ROOT)
                                + status.substring(1).replace('_', ' '),
                        "#4b5563"));
            }
        }
        if (stages.size() > pipelines.of(ws).size()) {
            pipelines.save(ws, stages);
        }
        ConversionSettings before = book.of(ws);
        var values = new LinkedHashMap<>(before.values());
        for (String status : mapping.keySet()) {
            if (!LeadStatus.SALES.contains(status)) {
                values.putIfAbsent(status, new ValueRule(ValueKind.ACTUAL, null, null));
            }
        }
        book.save(
                ws,
                new ConversionSettings(
                        before.strategy(),
                        mapping,
                        values,
                        before.modalTriggerStatuses(),
                        before.customEvents(),
                        before.consentWhenUnknown()));
        return get();
    }

    @POST
    @Path("/preview")
    public Preview preview(PreviewInput in, @QueryParam("validate") @DefaultValue("false") String validate) {
        var checks = new Checks();
        String id = checks.required("leadId", in == null ? null : in.leadId(), 200);
        String status = checks.required("status", in == null ? null : in.status(), 40);
        if (!status.isEmpty()) {
            LeadReader.status(checks, pipelines.words(caller.workspaceId()), "status", status);
        }
        boolean rehearse = "true".equals(checks.word("validate", validate, List.of("true", "false"), "false"));
        checks.done();
        Instant now = clock.instant();
        List<Delivery> decided = store.read(sql -> {
            Lead lead = LeadIds.find(sql, leads, visitors, workspaces.get(caller.workspaceId()), id);
            Visitor visitor = lead == null ? null : visitors.find(sql, lead.workspaceId(), lead.visitorNo());
            if (lead == null || visitor == null) {
                throw Refusal.notFound("There is no lead \"" + id + "\".");
            }
            var reached = new Decisions.Reached(
                    lead.withStatus(status, now), visitor, status, now, ConversionEvent.Origin.CRM, null, null);
            return decisions.preview(sql, reached, now, Deliveries.ofLead(sql, lead.workspaceId(), lead.id()));
        });
        return new Preview(decided.stream().map(d -> row(d, rehearse)).toList());
    }

    private PreviewRow row(Delivery d, boolean rehearse) {
        Pixel pixel = pixels.find(d.pixelId());
        RequestView request = null;
        if (pixel != null && pixel.destination() != null && d.prepared() != null) {
            var r = pixel.destination().request(List.of(d.prepared()), pixel.activeTestCode(clock.instant()));
            request = new RequestView(r.method(), r.loggedUri(), Bodies.shown(r.body()));
        }
        ProbeResult validation = null;
        if (rehearse && pixel != null && d.prepared() != null) {
            try {
                validation = testConnection.rehearse(pixel, d.prepared());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return new PreviewRow(
                d.pixelId(),
                pixel == null ? "" : pixel.name(),
                d.platform(),
                d.event(),
                d.eventId(),
                request != null,
                d.reason(),
                request,
                d.matchKeys(),
                validation);
    }

    private static SettingsDoc doc(ConversionSettings s) {
        var values = new LinkedHashMap<String, ValueDoc>();
        s.values()
                .forEach((status, rule) -> values.put(
                        status,
                        new ValueDoc(rule.kind().name().toLowerCase(Locale.ROOT), rule.amount(), rule.currency())));
        return new SettingsDoc(
                s.strategy().name().toLowerCase(Locale.ROOT),
                new LinkedHashMap<>(s.mapping()),
                values,
                s.modalTriggerStatuses(),
                s.customEvents(),
                s.consentWhenUnknown().name().toLowerCase(Locale.ROOT));
    }

    private Map<String, Map<String, @Nullable String>> mapping(
            Map<String, @Nullable Map<String, @Nullable String>> given, List<String> statuses, Checks checks) {
        var mapping = new LinkedHashMap<String, Map<String, @Nullable String>>();
        given.forEach((status, events) -> {
            if (!statuses.contains(status)) {
                checks.error("mapping." + status, "is no status; there are: " + String.join(", ", statuses));
                return;
            }
            var columns = new LinkedHashMap<String, @Nullable String>();
            if (events != null) {
                events.forEach((column, event) -> {
                    checkEvent("mapping." + status + "." + column, column, event, checks);
                    columns.put(column, event);
                });
            }
            mapping.put(status, columns);
        });
        return mapping;
    }

    private void checkEvent(String field, String column, @Nullable String event, Checks checks) {
        Platform owner = platforms.list().stream()
                .filter(p ->
                        p.catalog().columns().stream().anyMatch(c -> c.key().equals(column)))
                .findFirst()
                .orElse(null);
        if (owner == null) {
            checks.error(field, "is no mapping column; there are: " + String.join(", ", columns()));
        } else if (event != null) {
            String complaint = owner.eventNameComplaint(column, event);
            if (complaint != null) {
                checks.error(field, complaint);
            }
        }
    }

    private List<String> columns() {
        return platforms.list().stream()
                .flatMap(p -> p.catalog().columns().stream().map(EventCatalog.Column::key))
                .toList();
    }

    private static Map<String, ValueRule> values(Map<String, ValueDoc> given, List<String> statuses, Checks checks) {
        var values = new LinkedHashMap<String, ValueRule>();
        given.forEach((status, doc) -> {
            String field = "values." + status;
            if (!statuses.contains(status)) {
                checks.error(field, "is no status; there are: " + String.join(", ", statuses));
                return;
            }
            if (doc == null || doc.kind() == null) {
                checks.error(field + ".kind", "is missing; it is one of: " + String.join(", ", KINDS));
                return;
            }
            var kind = ValueKind.valueOf(
                    checks.word(field + ".kind", doc.kind(), KINDS, "none").toUpperCase(Locale.ROOT));
            BigDecimal amount = checks.amount(field + ".amount", doc.amount());
            if (kind == ValueKind.FIXED && doc.amount() == null) {
                checks.error(field + ".amount", "is missing; a fixed value needs one, such as \"10000\"");
            }
            values.put(status, new ValueRule(kind, amount, checks.currency(field + ".currency", doc.currency())));
        });
        return values;
    }

    private static List<String> triggers(List<String> given, List<String> statuses, Checks checks) {
        for (int i = 0; i < given.size(); i++) {
            LeadReader.status(checks, statuses, "modalTriggerStatuses[" + i + "]", String.valueOf(given.get(i)));
        }
        return given;
    }

    private Map<String, List<String>> customEvents(Map<String, List<String>> given, Checks checks) {
        given.forEach((column, names) -> {
            for (int i = 0; names != null && i < names.size(); i++) {
                checkEvent("customEvents." + column + "[" + i + "]", column, names.get(i), checks);
            }
        });
        return given;
    }
}
