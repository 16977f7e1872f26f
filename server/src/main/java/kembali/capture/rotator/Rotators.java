package kembali.capture.rotator;

import static kembali.store.schema.Tables.AGENT;
import static kembali.store.schema.Tables.ROTATOR;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import kembali.account.LinkDomains;
import kembali.capture.rotator.form.LeadForm;
import kembali.capture.rotator.form.Meaning;
import kembali.store.Revision;
import kembali.store.Store;
import kembali.store.schema.tables.records.AgentRecord;
import kembali.store.schema.tables.records.RotatorRecord;
import kembali.support.Ids;
import kembali.support.Json;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Rotators and the agents behind them, in memory, ready to choose. */
public final class Rotators implements Revision.Reloadable {
    /**
     * A rotator with everything a click needs.
     *
     * @param agents those of the rotator, by id
     * @param hours of agents who have any, by id
     */
    public record Ready(
            Rotator rotator,
            DraftMessage draft,
            AgentChooser chooser,
            Map<String, Agent> agents,
            Map<String, OpeningHours> hours) {
        public Ready {
            agents = Map.copyOf(agents);
            hours = Map.copyOf(hours);
        }
    }

    private static final Logger LOG = Logger.getLogger(Rotators.class.getName());

    private final Store store;
    private final Revision revision;
    private final Ids ids;
    private final DailyCaps caps;
    private final LinkDomains domains;
    private volatile Map<String, Ready> bySlug = Map.of();
    private volatile Map<String, Rotator> byId = Map.of();
    private volatile Map<String, Agent> agents = Map.of();
    private volatile Map<String, String> accountsByNumber = Map.of();

    public Rotators(Store store, Revision revision, Ids ids, DailyCaps caps, LinkDomains domains) {
        this.store = store;
        this.revision = revision;
        this.ids = ids;
        this.caps = caps;
        this.domains = domains;
        revision.register(this);
        domains.namedBy(this::named);
    }

    /** The rotator of that link, or null. */
    public @Nullable Ready open(String slug) {
        return bySlug.get(slug.toLowerCase(Locale.ROOT));
    }

    public @Nullable Rotator find(int workspaceId, String id) {
        Rotator r = byId.get(id);
        return r != null && r.workspaceId() == workspaceId ? r : null;
    }

    /** The workspace's rotators, oldest first. */
    public List<Rotator> of(int workspaceId) {
        return byId.values().stream()
                .filter(r -> r.workspaceId() == workspaceId)
                .toList();
    }

    public @Nullable Agent findAgent(int workspaceId, String id) {
        Agent a = agents.get(id);
        return a != null && a.workspaceId() == workspaceId ? a : null;
    }

    /** The workspace's agents, oldest first. */
    public List<Agent> agentsOf(int workspaceId) {
        return agents.values().stream()
                .filter(a -> a.workspaceId() == workspaceId)
                .toList();
    }

    /** The WhatsApp Business account an agent's number belongs to, or null when none is known. */
    public @Nullable String whatsappAccount(int workspaceId, String number) {
        return accountsByNumber.get(workspaceId + " " + number);
    }

    public String newRotatorId() {
        return ids.next("rt");
    }

    public String newAgentId() {
        return ids.next("ag");
    }

    /** Stores a new rotator or replaces one. @throws kembali.support.Refusal when a host is another workspace's */
    public void save(Rotator r) {
        store.write(tx -> {
            domains.rename(
                    tx, r.workspaceId(), r.id(), "domains", named(r), r.doc().domains());
            var record = new RotatorRecord();
            record.setWorkspaceId(r.workspaceId());
            record.setId(r.id());
            record.setSlug(r.slug());
            record.setDoc(Json.write(r.doc()));
            record.setCreatedAt(r.createdAt().toEpochMilli());
            record.setUpdatedAt(tx.now().toEpochMilli());
            tx.sql()
                    .insertInto(ROTATOR)
                    .set(record)
                    .onConflict(ROTATOR.WORKSPACE_ID, ROTATOR.ID)
                    .doUpdate()
                    .set(record)
                    .execute();
            revision.changed(tx);
            return true;
        });
    }

    public void remove(Rotator r) {
        store.write(tx -> {
            domains.rename(tx, r.workspaceId(), r.id(), "domains", named(r), List.of());
            tx.sql()
                    .deleteFrom(ROTATOR)
                    .where(ROTATOR.WORKSPACE_ID.eq(r.workspaceId()), ROTATOR.ID.eq(r.id()))
                    .execute();
            revision.changed(tx);
            return true;
        });
    }

    /** The hosts the workspace's rotators name. */
    private Set<String> named(int workspaceId, @Nullable String exceptId) {
        return of(workspaceId).stream()
                .filter(r -> !r.id().equals(exceptId))
                .flatMap(r -> r.doc().domains().stream())
                .collect(Collectors.toSet());
    }

    /** The hosts this rotator named so far. */
    private List<String> named(Rotator r) {
        Rotator before = byId.get(r.id());
        return before == null ? List.of() : before.doc().domains();
    }

    /** Stores a new agent or replaces one. */
    public void save(Agent a) {
        store.write(tx -> {
            var record = new AgentRecord();
            record.setWorkspaceId(a.workspaceId());
            record.setId(a.id());
            record.setName(a.name());
            record.setPhone(a.phone());
            record.setActive(a.active());
            record.setWabaId(a.wabaId());
            record.setHours(a.hours() == null ? null : Json.write(a.hours()));
            record.setCreatedAt(a.createdAt().toEpochMilli());
            record.setUpdatedAt(tx.now().toEpochMilli());
            tx.sql()
                    .insertInto(AGENT)
                    .set(record)
                    .onConflict(AGENT.WORKSPACE_ID, AGENT.ID)
                    .doUpdate()
                    .set(record)
                    .execute();
            revision.changed(tx);
            return true;
        });
    }

    public void remove(Agent a) {
        store.write(tx -> {
            tx.sql()
                    .deleteFrom(AGENT)
                    .where(AGENT.WORKSPACE_ID.eq(a.workspaceId()), AGENT.ID.eq(a.id()))
                    .execute();
            revision.changed(tx);
            return true;
        });
    }

    @Override
    public void reload(DSLContext sql) {
        var allAgents = new LinkedHashMap<String, Agent>();
        sql.selectFrom(AGENT)
                .orderBy(AGENT.ID)
                .forEach(r -> allAgents.put(
                        r.getId(),
                        new Agent(
                                r.getWorkspaceId(),
                                r.getId(),
                                r.getName(),
                                r.getPhone(),
                                r.getActive(),
                                r.getWabaId(),
                                r.getHours() == null ? null : Json.read(r.getHours(), HoursDoc.class),
                                Instant.ofEpochMilli(r.getCreatedAt()),
                                Instant.ofEpochMilli(r.getUpdatedAt()))));
        var rotators = new LinkedHashMap<String, Rotator>();
        var slugs = new HashMap<String, Ready>();
        sql.selectFrom(ROTATOR).orderBy(ROTATOR.ID).forEach(r -> {
            var rotator = new Rotator(
                    r.getWorkspaceId(),
                    r.getId(),
                    r.getSlug(),
                    Json.read(r.getDoc(), Rotator.Doc.class),
                    Instant.ofEpochMilli(r.getCreatedAt()),
                    Instant.ofEpochMilli(r.getUpdatedAt()));
            rotators.put(rotator.id(), rotator);
            slugs.put(rotator.slug(), ready(sql, rotator, allAgents));
        });
        var accounts = new HashMap<String, String>();
        for (Agent a : allAgents.values()) {
            if (a.wabaId() != null) {
                accounts.put(a.workspaceId() + " " + a.phone(), a.wabaId());
            }
        }
        caps.keepOnly(rotators.keySet());
        accountsByNumber = accounts;
        agents = allAgents;
        byId = rotators;
        bySlug = slugs;
    }

    /** An agent's hours; null for always, also where a time zone has been abolished since they were checked. */
    private static @Nullable OpeningHours hours(Agent a) {
        HoursDoc.Read read = a.hours() == null ? null : a.hours().read();
        if (read != null && read.hours() == null) {
            LOG.warning("the hours of agent " + a.id() + " are not kept: " + read.faults());
        }
        return read == null ? null : read.hours();
    }

    private Ready ready(DSLContext sql, Rotator rotator, Map<String, Agent> all) {
        var shares = new ArrayList<RotatorAgent>();
        var known = new LinkedHashMap<String, Agent>();
        var hours = new HashMap<String, OpeningHours>();
        Rotator.Doc doc = rotator.doc();
        for (Rotator.Share s : doc.agents()) {
            Agent a = all.get(s.agentId());
            if (a != null && a.workspaceId() == rotator.workspaceId()) {
                OpeningHours open = hours(a);
                shares.add(new RotatorAgent(a.id(), s.weight(), a.active(), open, caps.of(sql, rotator, s, open)));
                known.put(a.id(), a);
                if (open != null) {
                    hours.put(a.id(), open);
                }
            }
        }
        var distribution = doc.distribution().equals("weighted") ? Distribution.WEIGHTED : Distribution.ROUND_ROBIN;
        Ready before = bySlug.get(rotator.slug());
        long position = before == null ? 0 : before.chooser().position();
        LeadForm form = doc.form();
        Set<String> own = form == null
                ? Set.of()
                : form.fields().stream()
                        .filter(f -> f.meaning() == Meaning.OWN || f.meaning() == Meaning.CITY)
                        .map(LeadForm.Field::key)
                        .collect(Collectors.toSet());
        return new Ready(
                rotator,
                new DraftMessage(doc.message(), own),
                new AgentChooser(distribution, shares, position),
                known,
                hours);
    }
}
