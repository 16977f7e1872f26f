package kembali.transfer.row;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import kembali.campaign.AutomaticKeys;
import kembali.campaign.LinkReader;
import kembali.campaign.LinkRules;
import kembali.campaign.LinkValues;
import kembali.campaign.Slots;
import kembali.campaign.Unfilled;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import kembali.identity.WebContext;
import kembali.intake.ClickImported;
import kembali.postback.ClickKey;
import kembali.transfer.column.ColumnMap;
import kembali.transfer.column.ImportKind;
import kembali.visitor.AdFields;
import kembali.visitor.Click;
import kembali.visitor.ClickParameter;
import kembali.visitor.Utm;
import org.jspecify.annotations.Nullable;

/** Clicks of a file. */
public final class ClickRows implements RowReader<ClickImported> {
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(10);
    private static final Pattern IP_SHAPE = Pattern.compile("[0-9a-fA-F:.]{3,45}");
    private static final int LONGEST_URL = 4_000;
    private static final int LONGEST_AGENT = 1_000;
    private static final int LONGEST_WORD = 500;
    private static final int LONGEST_COOKIE = 1_000;

    private final RowTerms terms;
    private final Cells.Layout layout;
    private final Campaigns campaigns;
    private final LinkReader links = new LinkReader(LinkRules.NONE);

    public ClickRows(RowTerms terms, ColumnMap columns, Campaigns campaigns) {
        this.terms = terms;
        this.layout = new Cells.Layout(ImportKind.CLICKS, columns);
        this.campaigns = campaigns;
    }

    @Override
    public Parsed<ClickImported> read(List<String> cells, Instant now) {
        Cells row = layout.of(cells);
        if (row.isBlank()) {
            return new Parsed.Blank<>();
        }
        String subid = subid(row);
        Instant at = time(row, now);
        row.values().keySet().stream().toList().forEach(field -> refuseHidden(row, field));
        if (row.isRefused() || subid == null || at == null) {
            return new Parsed.Refused<>(row.remarks());
        }
        return new Parsed.Ready<>(
                new ClickImported(terms.workspaceId(), subid, campaign(row), at, content(row, at)), row.remarks());
    }

    private static @Nullable String subid(Cells row) {
        String said = row.get("subid");
        String id = said == null || Unfilled.isUnfilledId("subid", said) ? null : ClickKey.clean(said);
        if (said == null || id == null || id.isEmpty()) {
            row.refuse(
                    "subid",
                    said == null ? "is missing" : "is no click id of at most " + Click.MAX_SUBID + " characters");
            return null;
        }
        return ClickKey.lookup(id);
    }

    private @Nullable Instant time(Cells row, Instant now) {
        String text = row.get("time");
        Instant at = text == null ? null : Moments.read(text, terms.zone(), terms.dates());
        if (text == null) {
            row.refuse("time", "is missing; platforms want to know when the click was");
        } else if (at == null) {
            row.refuse(
                    "time",
                    "is no time we can read; write it as 2026-11-20 10:00:00, in the time zone "
                            + terms.zone().getId());
        } else if (at.isBefore(EARLIEST) || at.isAfter(now.plus(CLOCK_DIFFERENCE))) {
            row.refuse("time", "lies " + (at.isBefore(EARLIEST) ? "before 2000-01-01" : "in the future"));
            return null;
        }
        return at;
    }

    private static void refuseHidden(Cells row, String field) {
        String value = row.get(field);
        if (value != null && value.chars().anyMatch(c -> c < 0x20 || c == 0x7f || c == 0xfffd)) {
            row.leaveOut(field, "holds an invisible character, or one that is broken; it is left out");
        }
    }

    private @Nullable String campaign(Cells row) {
        String said = row.get("campaign");
        String name = said == null ? terms.campaign() : said;
        String id = name == null ? null : campaigns.find(name);
        if (id == null && said != null) {
            row.warn("campaign", "is no campaign here; the click is taken without one");
        }
        return id;
    }

    private Click.Content content(Cells row, Instant at) {
        LinkValues link = links.read(query(row));
        Map<String, String> slots = new LinkedHashMap<>(link.slots());
        Slots.ALL.forEach(slot -> put(slots, slot, word(row, slot)));
        Map<String, String> attribution = new LinkedHashMap<>(link.attribution());
        AutomaticKeys.ATTRIBUTION.forEach(key -> put(attribution, key, word(row, key)));
        ClickIds ids = ClickIds.NONE;
        for (Map.Entry<String, String> e : AutomaticKeys.CLICK_IDS.entrySet()) {
            String own = row.get(e.getKey());
            String value = own != null && !Unfilled.isUnfilledId(e.getKey(), own)
                    ? own
                    : link.clickIds().get(e.getValue());
            if (value != null && value.length() <= ClickParameter.MAX_LENGTH) {
                ClickParameter kind = ClickParameter.named(e.getValue());
                ids = ids.with(
                        e.getValue(),
                        new ClickId(value, at.toEpochMilli(), false, kind != null && kind.isSuspicious(value)));
            } else if (value != null) {
                row.leaveOut(e.getKey(), "is longer than any click id; it is left out");
            }
        }
        Map<String, String> further = new LinkedHashMap<>(link.keys());
        further.keySet()
                .removeIf(k -> Slots.ALL.contains(k)
                        || AutomaticKeys.ATTRIBUTION.contains(k)
                        || AutomaticKeys.CLICK_IDS.containsKey(k));
        Map<String, String> unfilled = new LinkedHashMap<>();
        link.unfilled().forEach(u -> unfilled.put(u.key(), u.text()));
        return new Click.Content(
                ids,
                new BrowserIds(
                        cookie(row, "fbc"),
                        cookie(row, "fbp"),
                        cookie(row, "ttp"),
                        cookie(row, "ga_client_id"),
                        cookie(row, "ga_session_id")),
                new WebContext(
                        cut(row.get("url"), LONGEST_URL),
                        cut(row.get("referrer"), LONGEST_URL),
                        ip(row),
                        cut(row.get("user_agent"), LONGEST_AGENT)),
                utm(attribution),
                ad(attribution),
                slots,
                further,
                unfilled,
                link.repeated(),
                link.repairs().stream().map(kembali.campaign.Repair::code).toList(),
                null,
                cut(row.get("language"), 20),
                false);
    }

    /** The parameters of the click: as such, else those of its address. */
    private static @Nullable String query(Cells row) {
        String params = row.get("params");
        if (params != null) {
            return params.startsWith("?") ? params.substring(1) : params;
        }
        String url = row.get("url");
        int at = url == null ? -1 : url.indexOf('?');
        return url == null || at < 0 ? null : url.substring(at + 1);
    }

    private static void put(Map<String, String> all, String key, @Nullable String value) {
        if (value != null) {
            all.put(key, value);
        }
    }

    private static @Nullable String word(Cells row, String field) {
        String value = row.get(field);
        return value == null || Unfilled.isOne(field, value) ? null : cut(value, LONGEST_WORD);
    }

    private static @Nullable String cookie(Cells row, String field) {
        String value = row.get(field);
        return value == null || value.length() > LONGEST_COOKIE || Unfilled.isOne(field, value) ? null : value;
    }

    private static @Nullable String ip(Cells row) {
        String value = row.get("ip");
        try {
            // Only literals, so that no name is ever asked of DNS.
            if (value != null && IP_SHAPE.matcher(value).matches()) {
                return InetAddress.ofLiteral(value).getHostAddress();
            }
        } catch (IllegalArgumentException e) {
            row.leaveOut("ip", "is no IPv4 or IPv6 address; it is left out");
            return null;
        }
        if (value != null) {
            row.leaveOut("ip", "is no IPv4 or IPv6 address; it is left out");
        }
        return null;
    }

    private static Utm utm(Map<String, String> a) {
        return new Utm(
                a.get("utm_source"),
                a.get("utm_medium"),
                a.get("utm_campaign"),
                a.get("utm_term"),
                a.get("utm_content"),
                a.get("utm_id"),
                null,
                null,
                null);
    }

    private static AdFields ad(Map<String, String> a) {
        return new AdFields(
                null,
                a.get("ad_account_id"),
                a.get("campaign_id"),
                a.get("campaign_name"),
                a.getOrDefault("adset_id", a.get("ad_group_id")),
                a.getOrDefault("adset_name", a.get("ad_group_name")),
                a.get("ad_id"),
                a.get("ad_name"),
                a.get("placement"),
                a.get("site_source_name"),
                null,
                null,
                null,
                null);
    }

    private static @Nullable String cut(@Nullable String text, int most) {
        if (text == null || text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
