package kembali.api;

import static kembali.store.schema.Tables.LEAD;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import kembali.account.Workspaces;
import kembali.http.Caller;
import kembali.lead.Lead;
import kembali.lead.Leads;
import kembali.lead.Pipelines;
import kembali.store.Store;
import kembali.transfer.csv.CsvOutput;
import kembali.visitor.Touch;
import kembali.visitor.Visitor;
import kembali.visitor.Visitors;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/** Leads as a CSV file, which imports read again. */
@Path("/api/v1/leads/export.csv")
@Tag(name = "Leads")
@Produces("text/csv")
@RunOnVirtualThread
public class LeadExportResource {
    /** Names of imports' fields, except for those that only inform. */
    private static final List<String> HEADER = List.of(
            "id",
            "code",
            "name",
            "phone",
            "email",
            "status",
            "occurredAt",
            "priority",
            "source",
            "assignedTo",
            "agentNumber",
            "externalRef",
            "estimatedValue",
            "actualValue",
            "currency",
            "city",
            "state",
            "postalCode",
            "country",
            "gender",
            "birthDate",
            "company",
            "title",
            "gclid",
            "gbraid",
            "wbraid",
            "fbclid",
            "fbc",
            "fbp",
            "ttclid",
            "ttp",
            "li_fat_id",
            "ctwa_clid",
            "meta_lead_id",
            "tiktok_lead_id",
            "linkedin_lead_id",
            "ga_client_id",
            "ga_session_id",
            "clickedAt",
            "utm_source",
            "utm_medium",
            "utm_campaign",
            "utm_term",
            "utm_content",
            "platform",
            "channel",
            "campaign_id",
            "campaign_name",
            "adset_id",
            "adset_name",
            "ad_id",
            "ad_name",
            "placement",
            "pageUrl",
            "referrer",
            "ip",
            "userAgent",
            "ad_user_data",
            "ad_personalization",
            "ad_storage",
            "analytics_storage",
            "syncState",
            "takenOver",
            "createdAt",
            "updatedAt");

    @Inject
    Caller caller;

    @Inject
    Workspaces workspaces;

    @Inject
    Store store;

    @Inject
    Leads leads;

    @Inject
    Pipelines pipelines;

    @Inject
    Visitors visitors;

    @Inject
    InstantSource clock;

    /** The same filters as the list; newest first. */
    @GET
    @APIResponse(
            responseCode = "200",
            description = "A CSV file: UTF-8 with a byte order mark, one lead a row",
            content = @Content(mediaType = "text/csv", schema = @Schema(implementation = String.class)))
    public Response export(
            @QueryParam("status") @Nullable String status,
            @QueryParam("q") @Nullable String q,
            @QueryParam("source") @Nullable String source,
            @QueryParam("assignedTo") @Nullable String assignedTo,
            @QueryParam("syncState") @Nullable String syncState,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("delimiter") @Nullable String delimiter) {
        int ws = caller.workspaceId();
        var csv = new CsvAnswer(delimiter, workspaces.get(ws).timezone());
        Condition chosen = LeadFilter.condition(
                leads, ws, pipelines.words(ws), status, q, source, assignedTo, syncState, from, to, null);
        return csv.of("leads", clock, HEADER, out -> {
            Condition page = chosen;
            while (true) {
                List<Lead> written = write(out, csv, ws, page);
                if (written.size() < CsvAnswer.PAGE) {
                    return;
                }
                page = chosen.and(LEAD.ID.lt(written.getLast().id()));
            }
        });
    }

    private List<Lead> write(CsvOutput out, CsvAnswer csv, int ws, Condition page) {
        return store.read(sql -> {
            List<Lead> rows = leads.list(sql, ws, page, CsvAnswer.PAGE);
            var known =
                    visitors.find(sql, ws, rows.stream().map(Lead::visitorNo).toList());
            var states = SyncStates.of(sql, ws, rows.stream().map(Lead::id).toList());
            for (Lead lead : rows) {
                Visitor visitor = Objects.requireNonNull(known.get(lead.visitorNo()));
                out.row(cells(csv, lead, visitor, states.of(lead.id())));
            }
            return rows;
        });
    }

    private static List<@Nullable String> cells(CsvAnswer csv, Lead lead, Visitor visitor, String syncState) {
        LeadView v = LeadView.of(lead, visitor, syncState);
        Touch last = visitor.profile().lastTouch();
        var ad = last == null ? kembali.visitor.AdFields.NONE : last.ad();
        return Arrays.asList(
                v.id(),
                v.code(),
                v.name(),
                v.phone(),
                v.email(),
                v.status(),
                csv.time(v.occurredAt()),
                v.priority(),
                v.source(),
                v.assignedTo(),
                v.agentNumber(),
                v.externalRef(),
                v.estimatedValue(),
                v.actualValue(),
                v.currency(),
                v.city(),
                v.state(),
                v.postalCode(),
                v.country(),
                v.gender(),
                v.birthDate(),
                v.company(),
                v.title(),
                v.click().gclid(),
                v.click().gbraid(),
                v.click().wbraid(),
                v.click().fbclid(),
                v.click().fbc(),
                v.click().fbp(),
                v.click().ttclid(),
                v.click().ttp(),
                v.click().liFatId(),
                v.click().ctwaClid(),
                v.click().metaLeadId(),
                v.click().tiktokLeadId(),
                v.click().linkedinLeadId(),
                v.click().gaClientId(),
                v.click().gaSessionId(),
                csv.time(v.click().clickedAt()),
                v.utm().source(),
                v.utm().medium(),
                v.utm().campaign(),
                v.utm().term(),
                v.utm().content(),
                last == null ? null : last.platform(),
                last == null ? null : last.channel(),
                ad.campaignId(),
                ad.campaignName(),
                ad.adsetId(),
                ad.adsetName(),
                ad.adId(),
                ad.adName(),
                ad.placement(),
                v.web().pageUrl(),
                v.web().referrer(),
                v.web().ip(),
                v.web().userAgent(),
                said(v.consent().adUserData()),
                said(v.consent().adPersonalization()),
                said(v.consent().adStorage()),
                said(v.consent().analyticsStorage()),
                v.syncState(),
                lead.takenOver().isEmpty() ? null : String.join(" ", lead.takenOver()),
                csv.time(v.createdAt()),
                csv.time(v.updatedAt()));
    }

    /** Nothing where nobody was asked. */
    private static @Nullable String said(String choice) {
        return choice.equals("unknown") ? null : choice;
    }
}
