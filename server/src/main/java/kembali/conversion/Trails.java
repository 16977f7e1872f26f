package kembali.conversion;

import static kembali.store.schema.Tables.DELIVERY_TRAIL;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import kembali.delivery.Delivery;
import kembali.platform.Trail;
import kembali.store.Tx;
import kembali.support.Json;
import kembali.support.Secrets;
import kembali.visitor.AdFields;
import kembali.visitor.Click;
import kembali.visitor.Clicks;
import kembali.visitor.Utm;
import kembali.visitor.Visitor;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The trail of an event: looked up when the event is decided, and kept with its row, so that a retry builds the same.
 * Stored sealed, because parameters of links hold anything.
 */
public final class Trails {
    /** The name of a campaign, or null when it is not known. */
    public interface CampaignNames {
        @Nullable String of(int workspaceId, String campaignId);
    }

    private final Clicks clicks;
    private final Secrets secrets;
    private final CampaignNames names;

    /** What is stored; without a trail when there was none. */
    private record Kept(@Nullable Trail trail) {}

    public Trails(Clicks clicks, Secrets secrets, CampaignNames names) {
        this.clicks = clicks;
        this.secrets = secrets;
        this.names = names;
    }

    /** The trail of what a visitor does after a click on a campaign link: of the last one until then; null without one. */
    public @Nullable Trail latest(DSLContext sql, Visitor visitor, Instant until) {
        Click click = clicks.latestOf(sql, visitor.workspaceId(), visitor.no(), until);
        return click == null ? null : of(visitor.workspaceId(), click, Map.of(), null);
    }

    /**
     * The trail of a click and of what was reported of it.
     *
     * @param click null without one
     * @param slots of the conversion: they cover the click's
     * @param conversion null when none was reported
     */
    Trail of(int workspaceId, @Nullable Click click, Map<String, String> slots, Trail.@Nullable Conversion conversion) {
        if (click == null) {
            return new Trail(null, null, null, null, slots, Map.of(), conversion);
        }
        var all = new LinkedHashMap<>(click.content().slots());
        all.putAll(slots);
        String campaign = click.campaignId();
        return new Trail(
                click.subid(),
                campaign,
                campaign == null ? null : names.of(workspaceId, campaign),
                click.at(),
                all,
                parameters(click.content()),
                conversion);
    }

    /** Everything else the link carried, by query key. */
    private static Map<String, String> parameters(Click.Content content) {
        var all = new LinkedHashMap<String, String>();
        Utm utm = content.utm();
        put(all, "utm_source", utm.source());
        put(all, "utm_medium", utm.medium());
        put(all, "utm_campaign", utm.campaign());
        put(all, "utm_term", utm.term());
        put(all, "utm_content", utm.content());
        put(all, "utm_id", utm.id());
        AdFields ad = content.ad();
        put(all, "ad_account_id", ad.adAccountId());
        put(all, "campaign_id", ad.campaignId());
        put(all, "adset_id", ad.adsetId());
        put(all, "adset_name", ad.adsetName());
        put(all, "ad_id", ad.adId());
        put(all, "ad_name", ad.adName());
        put(all, "placement", ad.placement());
        put(all, "site_source_name", ad.siteSource());
        all.putAll(content.parameters());
        content.clickIds().byName().forEach((name, id) -> {
            if (!id.shared()) {
                all.putIfAbsent(name, id.value());
            }
        });
        return all;
    }

    private static void put(Map<String, String> all, String key, @Nullable String value) {
        if (value != null) {
            all.put(key, value);
        }
    }

    /** Keeps the trail of a row, in place of the one kept before; also that there is none. */
    void keep(Tx tx, Delivery row, @Nullable Trail trail) {
        byte[] content = secrets.seal(Json.writeBytes(new Kept(trail)), place(row));
        tx.sqlUnflushed()
                .insertInto(DELIVERY_TRAIL)
                .set(DELIVERY_TRAIL.WORKSPACE_ID, row.workspaceId())
                .set(DELIVERY_TRAIL.DELIVERY_ID, row.id())
                .set(DELIVERY_TRAIL.CONTENT, content)
                .onConflict(DELIVERY_TRAIL.WORKSPACE_ID, DELIVERY_TRAIL.DELIVERY_ID)
                .doUpdate()
                .set(DELIVERY_TRAIL.CONTENT, content)
                .execute();
    }

    /** The trail kept with a row; null when none was. */
    @Nullable Trail kept(DSLContext sql, Delivery row) {
        byte[] content = sql.select(DELIVERY_TRAIL.CONTENT)
                .from(DELIVERY_TRAIL)
                .where(DELIVERY_TRAIL.WORKSPACE_ID.eq(row.workspaceId()), DELIVERY_TRAIL.DELIVERY_ID.eq(row.id()))
                .fetchOne(DELIVERY_TRAIL.CONTENT);
        return content == null
                ? null
                : Json.read(secrets.open(content, place(row)), Kept.class).trail();
    }

    private static String place(Delivery row) {
        return "trail/" + row.workspaceId() + "/" + row.id();
    }
}
