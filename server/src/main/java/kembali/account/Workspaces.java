package kembali.account;

import static kembali.store.schema.Tables.WORKSPACE;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import kembali.store.Revision;
import kembali.store.Store;
import kembali.store.Tx;
import kembali.support.Json;
import kembali.support.Refusal;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** The workspaces of this installation, in memory. */
public final class Workspaces implements Revision.Reloadable {
    /** The workspace every installation begins with. */
    public static final int FIRST = 1;

    private static final String KEY_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";

    private final Store store;
    private final Revision revision;
    private volatile Map<Integer, Workspace> byId = Map.of();
    private volatile Map<String, Workspace> byTrackerKey = Map.of();

    public Workspaces(Store store, Revision revision) {
        this.store = store;
        this.revision = revision;
        revision.register(this);
        if (byId.isEmpty()) {
            createFirst();
        }
    }

    public Workspace get(int id) {
        Workspace w = byId.get(id);
        if (w == null) {
            throw Refusal.notFound("There is no workspace " + id + ".");
        }
        return w;
    }

    /** The workspace whose pages carry that key, or null. */
    public @Nullable Workspace ofTrackerKey(String key) {
        return byTrackerKey.get(key);
    }

    public Collection<Workspace> all() {
        return byId.values();
    }

    /** Replaces a workspace's settings. */
    public Workspace save(Workspace w) {
        return save(w, tx -> {});
    }

    /** Replaces a workspace's settings. @param first done before, in the same transaction; may refuse */
    public Workspace save(Workspace w, Consumer<Tx> first) {
        return store.write(tx -> {
            first.accept(tx);
            tx.sql()
                    .update(WORKSPACE)
                    .set(WORKSPACE.NAME, w.name())
                    .set(WORKSPACE.DEFAULT_COUNTRY, w.defaultCountry())
                    .set(WORKSPACE.CURRENCY, w.currency())
                    .set(WORKSPACE.TIMEZONE, w.timezone())
                    .set(WORKSPACE.LANGUAGE, w.language())
                    .set(WORKSPACE.WEB, Json.write(w.web()))
                    .set(WORKSPACE.UPDATED_AT, tx.now().toEpochMilli())
                    .where(WORKSPACE.ID.eq(w.id()))
                    .execute();
            revision.changed(tx);
            return w;
        });
    }

    @Override
    public void reload(DSLContext sql) {
        var all = new HashMap<Integer, Workspace>();
        sql.selectFrom(WORKSPACE)
                .forEach(r -> all.put(
                        r.getId(),
                        new Workspace(
                                r.getId(),
                                r.getName(),
                                r.getTrackerKey(),
                                r.getDefaultCountry(),
                                r.getCurrency(),
                                r.getTimezone(),
                                r.getLanguage(),
                                r.getWeb() == null ? WebSettings.INITIAL : Json.read(r.getWeb(), WebSettings.class),
                                Instant.ofEpochMilli(r.getCreatedAt()),
                                Instant.ofEpochMilli(r.getUpdatedAt()))));
        byTrackerKey = all.values().stream().collect(Collectors.toMap(Workspace::trackerKey, Function.identity()));
        byId = Map.copyOf(all);
    }

    private void createFirst() {
        store.write(tx -> {
            insertFirst(tx);
            revision.changed(tx);
            return true;
        });
    }

    private static void insertFirst(Tx tx) {
        long now = tx.now().toEpochMilli();
        tx.sql()
                .insertInto(WORKSPACE)
                .set(WORKSPACE.ID, FIRST)
                .set(WORKSPACE.NAME, "My workspace")
                .set(WORKSPACE.TRACKER_KEY, "WS-" + randomKey())
                .set(WORKSPACE.DEFAULT_COUNTRY, "ID")
                .set(WORKSPACE.CURRENCY, "IDR")
                .set(WORKSPACE.TIMEZONE, "Asia/Jakarta")
                .set(WORKSPACE.LANGUAGE, "id")
                .set(WORKSPACE.CREATED_AT, now)
                .set(WORKSPACE.UPDATED_AT, now)
                .onConflictDoNothing()
                .execute();
    }

    private static String randomKey() {
        var random = new SecureRandom();
        var key = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            key.append(KEY_ALPHABET.charAt(random.nextInt(KEY_ALPHABET.length())));
        }
        return key.toString();
    }
}
