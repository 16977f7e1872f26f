package kembali.lead;

import static kembali.store.schema.Tables.LEAD;
import static kembali.store.schema.Tables.LEAD_STATUS;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kembali.store.Revision;
import kembali.store.Store;
import kembali.store.Tx;
import kembali.support.Refusal;
import org.jooq.DSLContext;

/** The statuses of each workspace, in memory: the sales pipeline, ordered and coloured as people like, and their own. */
public final class Pipelines implements Revision.Reloadable {
    /**
     * One status of a workspace.
     *
     * @param status its word in the API: lower case letters, digits and underscores
     * @param name as people read it
     * @param color {@code #rrggbb}
     */
    public record Stage(String status, String name, String color) {
        /** Part of every workspace; such a one cannot be removed. */
        public boolean builtIn() {
            return LeadStatus.SALES.contains(status);
        }
    }

    private static final List<Stage> SALES = List.of(
            new Stage("pageview", "Page view", "#8a94a6"),
            new Stage("new", "New", "#2f80ed"),
            new Stage("contacted", "Contacted", "#2d9cdb"),
            new Stage("responded", "Responded", "#00a3a3"),
            new Stage("qualified", "Qualified", "#7b61ff"),
            new Stage("hot", "Hot", "#eb5757"),
            new Stage("proposal", "Proposal", "#f2994a"),
            new Stage("negotiation", "Negotiation", "#e2b93b"),
            new Stage("invoice", "Invoice", "#9b51e0"),
            new Stage("won", "Won", "#219653"),
            new Stage("lost", "Lost", "#6b7280"));

    private final Store store;
    private final Revision revision;
    private volatile Map<Integer, List<Stage>> byWorkspace = Map.of();

    public Pipelines(Store store, Revision revision) {
        this.store = store;
        this.revision = revision;
        revision.register(this);
    }

    /** The workspace's statuses, first to last. */
    public List<Stage> of(int workspaceId) {
        return byWorkspace.getOrDefault(workspaceId, SALES);
    }

    /** Their words, first to last. */
    public List<String> words(int workspaceId) {
        return of(workspaceId).stream().map(Stage::status).toList();
    }

    public boolean knows(int workspaceId, String status) {
        return of(workspaceId).stream().anyMatch(s -> s.status().equals(status));
    }

    /**
     * Replaces a workspace's statuses.
     *
     * @throws Refusal when one that some lead has would go away
     */
    public void save(int workspaceId, List<Stage> stages) {
        store.write(tx -> {
            refuseRemovalOfUsed(tx, workspaceId, stages);
            tx.sql()
                    .deleteFrom(LEAD_STATUS)
                    .where(LEAD_STATUS.WORKSPACE_ID.eq(workspaceId))
                    .execute();
            for (int i = 0; i < stages.size(); i++) {
                Stage s = stages.get(i);
                tx.sql()
                        .insertInto(LEAD_STATUS)
                        .set(LEAD_STATUS.WORKSPACE_ID, workspaceId)
                        .set(LEAD_STATUS.STATUS, s.status())
                        .set(LEAD_STATUS.POSITION, i)
                        .set(LEAD_STATUS.NAME, s.name())
                        .set(LEAD_STATUS.COLOR, s.color())
                        .execute();
            }
            revision.changed(tx);
            return true;
        });
    }

    private void refuseRemovalOfUsed(Tx tx, int workspaceId, List<Stage> stages) {
        Set<String> kept = new HashSet<>();
        stages.forEach(s -> kept.add(s.status()));
        for (Stage before : of(workspaceId)) {
            if (!kept.contains(before.status())
                    && tx.sql()
                            .fetchExists(
                                    LEAD, LEAD.WORKSPACE_ID.eq(workspaceId).and(LEAD.STATUS.eq(before.status())))) {
                throw Refusal.conflict(
                        "items",
                        "leave out \"" + before.status() + "\", which leads have; move them to another status first");
            }
        }
    }

    @Override
    public void reload(DSLContext sql) {
        var all = new HashMap<Integer, List<Stage>>();
        sql.selectFrom(LEAD_STATUS)
                .orderBy(LEAD_STATUS.WORKSPACE_ID, LEAD_STATUS.POSITION)
                .forEach(r -> all.computeIfAbsent(r.getWorkspaceId(), w -> new ArrayList<>())
                        .add(new Stage(r.getStatus(), r.getName(), r.getColor())));
        byWorkspace = Map.copyOf(all);
    }
}
