package kembali.capture.campaign;

import static kembali.store.schema.Tables.CAMPAIGN;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import kembali.account.LinkDomains;
import kembali.campaign.Alias;
import kembali.campaign.CampaignParameter;
import kembali.campaign.Destination;
import kembali.campaign.DestinationChooser;
import kembali.campaign.LinkReader;
import kembali.campaign.LinkRules;
import kembali.campaign.MacroTemplate;
import kembali.store.Revision;
import kembali.store.Store;
import kembali.store.Tx;
import kembali.store.schema.tables.records.CampaignRecord;
import kembali.support.Ids;
import kembali.support.Json;
import kembali.support.Refusal;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Campaigns, in memory, ready to be clicked. */
public final class Campaigns implements Revision.Reloadable {
    private static final String TOKEN_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final int TOKEN_LENGTH = 24; // 124 bits

    /**
     * A campaign with everything a click needs.
     *
     * @param templates the addresses of its destinations, by the destination's id
     */
    public record Ready(
            Campaign campaign, LinkReader reader, DestinationChooser chooser, Map<String, MacroTemplate> templates) {
        public Ready {
            templates = Map.copyOf(templates);
        }

        static Ready of(Campaign c) {
            var templates = new HashMap<String, MacroTemplate>();
            c.doc()
                    .destinations()
                    .forEach(
                            t -> templates.put(t.id(), template(t.url(), c.doc().parameters())));
            return new Ready(
                    c,
                    new LinkReader(new LinkRules(c.doc().parameters(), Map.of())),
                    new DestinationChooser(
                            c.id(),
                            c.doc().destinations().stream()
                                    .map(t -> new Destination(t.id(), t.url(), t.weight()))
                                    .toList()),
                    templates);
        }
    }

    private final Store store;
    private final Revision revision;
    private final Ids ids;
    private final LinkDomains domains;
    private final SecureRandom random = new SecureRandom();
    private volatile Map<String, Ready> byAddress = Map.of();
    private volatile Map<String, Ready> byToken = Map.of();
    private volatile Map<String, Ready> byId = Map.of();

    public Campaigns(Store store, Revision revision, Ids ids, LinkDomains domains) {
        this.store = store;
        this.revision = revision;
        this.ids = ids;
        this.domains = domains;
        revision.register(this);
        domains.namedBy(this::named);
    }

    /** The address of a destination with the macros a campaign of these parameters has. */
    public static MacroTemplate template(String url, List<CampaignParameter> parameters) {
        return MacroTemplate.parse(
                url,
                MacroTemplate.Place.URL,
                parameters.stream().map(CampaignParameter::key).collect(Collectors.toSet()));
    }

    /** The campaign of that alias on a host of its own; null host for all the others. */
    @Nullable Ready open(@Nullable String host, Alias alias) {
        return byAddress.get(address(host, alias.text()));
    }

    /** The campaign of that token, or null. */
    public @Nullable Ready ofToken(String token) {
        return byToken.get(token);
    }

    public @Nullable Campaign find(int workspaceId, String id) {
        Ready r = byId.get(id);
        return r != null && r.campaign.workspaceId() == workspaceId ? r.campaign : null;
    }

    /** The workspace's campaigns, oldest first. */
    public List<Campaign> of(int workspaceId) {
        return byId.values().stream()
                .map(Ready::campaign)
                .filter(c -> c.workspaceId() == workspaceId)
                .toList();
    }

    public String newId() {
        return ids.next("cp");
    }

    public String newDestinationId() {
        return ids.next("ds");
    }

    public String newToken() {
        var token = new StringBuilder(TOKEN_LENGTH);
        for (int i = 0; i < TOKEN_LENGTH; i++) {
            token.append(TOKEN_ALPHABET.charAt(random.nextInt(TOKEN_ALPHABET.length())));
        }
        return token.toString();
    }

    /**
     * Stores a new campaign or replaces one.
     *
     * @throws Refusal when its alias, token or host is another's
     */
    public void save(Campaign c) {
        store.write(tx -> {
            String domain = c.domain() == null ? "" : c.domain();
            refuseTaken(tx, c, CAMPAIGN.DOMAIN.eq(domain).and(CAMPAIGN.ALIAS.eq(c.alias())), "alias");
            refuseTaken(tx, c, CAMPAIGN.TOKEN.eq(c.token()), "token");
            domains.rename(tx, c.workspaceId(), c.id(), "domain", hosts(before(c)), hosts(c));
            var record = new CampaignRecord();
            record.setWorkspaceId(c.workspaceId());
            record.setId(c.id());
            record.setDomain(domain);
            record.setAlias(c.alias());
            record.setToken(c.token());
            record.setName(c.name());
            record.setDoc(Json.write(c.doc()));
            record.setCreatedAt(c.createdAt().toEpochMilli());
            record.setUpdatedAt(tx.now().toEpochMilli());
            tx.sql()
                    .insertInto(CAMPAIGN)
                    .set(record)
                    .onConflict(CAMPAIGN.WORKSPACE_ID, CAMPAIGN.ID)
                    .doUpdate()
                    .set(record)
                    .execute();
            revision.changed(tx);
            return true;
        });
    }

    private static void refuseTaken(Tx tx, Campaign c, Condition same, String field) {
        boolean taken = tx.sql()
                .fetchExists(CAMPAIGN, same.and(CAMPAIGN.ID.ne(c.id()).or(CAMPAIGN.WORKSPACE_ID.ne(c.workspaceId()))));
        if (taken) {
            throw Refusal.conflict(field, "is taken by another campaign; choose another one");
        }
    }

    /** Removes a campaign; its clicks and figures stay. */
    public void remove(Campaign c) {
        store.write(tx -> {
            domains.rename(tx, c.workspaceId(), c.id(), "domain", hosts(before(c)), List.of());
            tx.sql()
                    .deleteFrom(CAMPAIGN)
                    .where(CAMPAIGN.WORKSPACE_ID.eq(c.workspaceId()), CAMPAIGN.ID.eq(c.id()))
                    .execute();
            revision.changed(tx);
            return true;
        });
    }

    private @Nullable Campaign before(Campaign c) {
        return find(c.workspaceId(), c.id());
    }

    private static List<String> hosts(@Nullable Campaign c) {
        return c == null || c.domain() == null ? List.of() : List.of(c.domain());
    }

    /** The hosts the workspace's campaigns name. */
    private Collection<String> named(int workspaceId, @Nullable String exceptId) {
        Set<String> hosts = of(workspaceId).stream()
                .filter(c -> !c.id().equals(exceptId))
                .flatMap(c -> hosts(c).stream())
                .collect(Collectors.toSet());
        return hosts;
    }

    private static String address(@Nullable String host, String alias) {
        return (host == null ? "" : host) + "/" + alias;
    }

    @Override
    public void reload(DSLContext sql) {
        var all = new LinkedHashMap<String, Ready>();
        var addresses = new HashMap<String, Ready>();
        var tokens = new HashMap<String, Ready>();
        sql.selectFrom(CAMPAIGN).orderBy(CAMPAIGN.ID).forEach(r -> {
            var campaign = new Campaign(
                    r.getWorkspaceId(),
                    r.getId(),
                    r.getDomain().isEmpty() ? null : r.getDomain(),
                    r.getAlias(),
                    r.getToken(),
                    r.getName(),
                    Objects.requireNonNull(Json.read(r.getDoc(), Campaign.Doc.class)),
                    Instant.ofEpochMilli(r.getCreatedAt()),
                    Instant.ofEpochMilli(r.getUpdatedAt()));
            Ready ready = Ready.of(campaign);
            all.put(campaign.id(), ready);
            addresses.put(address(campaign.domain(), campaign.alias()), ready);
            tokens.put(campaign.token(), ready);
        });
        byAddress = addresses;
        byToken = tokens;
        byId = all;
    }
}
