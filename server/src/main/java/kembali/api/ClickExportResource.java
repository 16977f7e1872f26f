package kembali.api;

import static kembali.store.schema.Tables.CAMPAIGN;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kembali.account.Workspaces;
import kembali.campaign.Slots;
import kembali.http.Caller;
import kembali.http.Checks;
import kembali.identity.ClickIds;
import kembali.store.Store;
import kembali.transfer.csv.CsvOutput;
import kembali.visitor.Click;
import kembali.visitor.ClickParameter;
import kembali.visitor.Clicks;
import kembali.visitor.Visitors;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Clicks on campaign links as a CSV file, which imports read again. */
@Path("/api/v1/clicks/export.csv")
@Tag(name = "Campaigns")
@Produces("text/csv")
@RunOnVirtualThread
public class ClickExportResource {
    private static final List<String> CLICK_IDS =
            ClickParameter.ALL.stream().map(ClickParameter::name).toList();
    private static final List<String> HEADER = header();

    @Inject
    Caller caller;

    @Inject
    Workspaces workspaces;

    @Inject
    Store store;

    @Inject
    Clicks clicks;

    @Inject
    Visitors visitors;

    @Inject
    InstantSource clock;

    private static List<String> header() {
        var header = new ArrayList<>(List.of("subid", "time", "campaignId", "campaignAlias", "visitor", "leadId"));
        header.addAll(CLICK_IDS);
        header.addAll(List.of(
                "ctwa_clid",
                "fbc",
                "fbp",
                "ttp",
                "ga_client_id",
                "ga_session_id",
                "url",
                "referrer",
                "ip",
                "user_agent",
                "language",
                "utm_source",
                "utm_medium",
                "utm_campaign",
                "utm_term",
                "utm_content",
                "utm_id",
                "ad_account_id",
                "adset_id",
                "adset_name",
                "ad_id",
                "ad_name",
                "placement",
                "site_source_name"));
        header.addAll(Slots.ALL);
        header.addAll(List.of("params", "flagged"));
        return List.copyOf(header);
    }

    /**
     * The clicks, by the order of their ids; of one campaign, or of all.
     *
     * @param from the first instant, or date, that counts
     * @param to the first one that does not
     */
    @GET
    @APIResponse(
            responseCode = "200",
            description = "A CSV file: UTF-8 with a byte order mark, one click a row",
            content = @Content(mediaType = "text/csv", schema = @Schema(implementation = String.class)))
    public Response export(
            @QueryParam("campaignId") @Nullable String campaignId,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("delimiter") @Nullable String delimiter) {
        int ws = caller.workspaceId();
        var csv = new CsvAnswer(delimiter, workspaces.get(ws).timezone());
        var checks = new Checks();
        Instant first = Instant.ofEpochMilli(from == null ? 0 : LeadFilter.instant(checks, "from", from));
        Instant end = to == null
                ? Instant.ofEpochMilli(Long.MAX_VALUE)
                : Instant.ofEpochMilli(LeadFilter.instant(checks, "to", to));
        checks.done();
        Map<String, String> aliases = store.read(sql -> {
            var all = new HashMap<String, String>();
            sql.select(CAMPAIGN.ID, CAMPAIGN.ALIAS)
                    .from(CAMPAIGN)
                    .where(CAMPAIGN.WORKSPACE_ID.eq(ws))
                    .forEach(r -> all.put(r.value1(), r.value2()));
            return all;
        });
        return csv.of("clicks", clock, HEADER, out -> {
            Click last = null;
            while (true) {
                List<Click> written = write(out, csv, ws, campaignId, first, end, last, aliases);
                if (written.size() < CsvAnswer.PAGE) {
                    return;
                }
                last = written.getLast();
            }
        });
    }

    private List<Click> write(
            CsvOutput out,
            CsvAnswer csv,
            int ws,
            @Nullable String campaignId,
            Instant from,
            Instant to,
            @Nullable Click after,
            Map<String, String> aliases) {
        return store.read(sql -> {
            List<Click> rows = clicks.between(sql, ws, campaignId, from, to, after, CsvAnswer.PAGE);
            var known =
                    visitors.find(sql, ws, rows.stream().map(Click::visitorNo).toList());
            for (Click click : rows) {
                var visitor = known.get(click.visitorNo());
                out.row(cells(csv, click, aliases, visitor == null ? null : visitor.leadId()));
            }
            return rows;
        });
    }

    private List<@Nullable String> cells(
            CsvAnswer csv, Click click, Map<String, String> aliases, @Nullable String leadId) {
        Click.Content c = click.content();
        var cells = new ArrayList<@Nullable String>(HEADER.size());
        cells.add(click.subid());
        cells.add(csv.time(click.at()));
        cells.add(click.campaignId());
        cells.add(click.campaignId() == null ? null : aliases.get(click.campaignId()));
        cells.add(visitors.code(click.workspaceId(), click.visitorNo()));
        cells.add(leadId);
        CLICK_IDS.forEach(name -> cells.add(value(c.clickIds(), name)));
        cells.add(value(c.clickIds(), ClickIds.CTWA_CLID));
        cells.add(c.browser().fbc());
        cells.add(c.browser().fbp());
        cells.add(c.browser().ttp());
        cells.add(c.browser().gaClientId());
        cells.add(c.browser().gaSessionId());
        cells.add(c.web().pageUrl());
        cells.add(c.web().referrer());
        cells.add(c.web().ip());
        cells.add(c.web().userAgent());
        cells.add(c.language());
        cells.add(c.utm().source());
        cells.add(c.utm().medium());
        cells.add(c.utm().campaign());
        cells.add(c.utm().term());
        cells.add(c.utm().content());
        cells.add(c.utm().id());
        cells.add(c.ad().adAccountId());
        cells.add(c.ad().adsetId());
        cells.add(c.ad().adsetName());
        cells.add(c.ad().adId());
        cells.add(c.ad().adName());
        cells.add(c.ad().placement());
        cells.add(c.ad().siteSource());
        Slots.ALL.forEach(slot -> cells.add(c.slots().get(slot)));
        cells.add(query(c));
        cells.add(Boolean.toString(c.flagged()));
        return cells;
    }

    private static @Nullable String value(ClickIds ids, String name) {
        ClickIds.ClickId id = ids.get(name);
        return id == null ? null : id.value();
    }

    /** What has no column of its own, as a query: further parameters, and the ad platform's campaign. */
    private static @Nullable String query(Click.Content c) {
        var query = new StringBuilder();
        if (c.ad().campaignId() != null) {
            append(query, "campaign_id", c.ad().campaignId());
        }
        if (c.ad().campaignName() != null) {
            append(query, "campaign_name", c.ad().campaignName());
        }
        c.parameters().forEach((key, value) -> append(query, key, value));
        return query.isEmpty() ? null : query.toString();
    }

    private static void append(StringBuilder query, String key, String value) {
        if (!query.isEmpty()) {
            query.append('&');
        }
        query.append(URLEncoder.encode(key, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
}
