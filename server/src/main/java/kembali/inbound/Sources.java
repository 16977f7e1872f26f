package kembali.inbound;

import static kembali.store.schema.Tables.INBOUND;
import static kembali.store.schema.Tables.INBOUND_FACT;
import static kembali.store.schema.Tables.SOURCE;
import static kembali.store.schema.Tables.SOURCE_LEASE;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kembali.store.Revision;
import kembali.store.Store;
import kembali.store.Tx;
import kembali.store.schema.tables.records.SourceRecord;
import kembali.support.Ids;
import kembali.support.Json;
import kembali.support.Secrets;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** The sources of this installation, in memory. Tokens and secrets are stored sealed, tokens found by keyed hash. */
public final class Sources implements Revision.Reloadable {
    private static final int TOKEN_BYTES = 16;

    private final Store store;
    private final Revision revision;
    private final Secrets secrets;
    private final Ids ids;
    private final SecureRandom random = new SecureRandom();
    private volatile Map<String, Source> byId = Map.of();
    private volatile Map<Long, Source> byToken = Map.of();
    private volatile Runnable changed = () -> {};

    public Sources(Store store, Revision revision, Secrets secrets, Ids ids) {
        this.store = store;
        this.revision = revision;
        this.secrets = secrets;
        this.ids = ids;
        revision.register(this);
    }

    /** Told whenever sources may have changed. */
    void onChange(Runnable action) {
        changed = action;
    }

    /** A new source id. */
    public String newId() {
        return ids.next("src");
    }

    /** A new secret part of an address: 128 random bits in 32 hexadecimal digits. */
    public String newToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    public @Nullable Source find(int workspaceId, String id) {
        Source s = byId.get(id);
        return s != null && s.workspaceId() == workspaceId ? s : null;
    }

    /** The source of that id in whatever workspace, or null. */
    public @Nullable Source find(String id) {
        return byId.get(id);
    }

    /** The workspace's sources, oldest first. */
    public List<Source> of(int workspaceId) {
        return byId.values().stream()
                .filter(s -> s.workspaceId() == workspaceId)
                .toList();
    }

    /** Every source, oldest first. */
    List<Source> all() {
        return List.copyOf(byId.values());
    }

    /** The source of that kind and token, or null; takes the same time whatever is wrong. */
    public @Nullable Source open(String kind, String token, Instant now) {
        Source found = byToken.get(tokenKey(token));
        Source judged = found == null ? NOBODY : found;
        boolean current = same(judged.token(), token);
        String previous = judged.previousToken();
        Instant until = judged.previousUntil();
        boolean old = same(previous == null ? "" : previous, token) && until != null && now.isBefore(until);
        return found != null && (current | old) & same(judged.kind(), kind) ? found : null;
    }

    private static final Source NOBODY = new Source(
            0,
            "",
            "",
            "",
            new SourceDoc(null, Map.of(), Map.of(), null, List.of(), "", null, false),
            SourceKeys.NONE,
            "",
            null,
            null,
            Instant.EPOCH,
            Instant.EPOCH);

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    private long tokenKey(String token) {
        return secrets.lookupKey("source-token", token);
    }

    /** Stores a new source or replaces one; what waits of it is looked at again at once. */
    public void save(Source s) {
        store.write(tx -> {
            SourceRecord r = record(s, tx);
            tx.sql()
                    .insertInto(SOURCE)
                    .set(r)
                    .onConflict(SOURCE.WORKSPACE_ID, SOURCE.ID)
                    .doUpdate()
                    .set(r)
                    .execute();
            // New keys or maps may be what a request waits for; an unmapped word may be mapped now.
            tx.sql()
                    .update(INBOUND)
                    .set(INBOUND.DUE_AT, tx.now().toEpochMilli())
                    .where(INBOUND.SOURCE_ID.eq(s.id()), INBOUND.STATUS.eq(StoredRequest.PENDING))
                    .execute();
            Requests.readAgain(tx, s.id(), Applier.UNMAPPED);
            revision.changed(tx);
            return true;
        });
    }

    private SourceRecord record(Source s, Tx tx) {
        var r = new SourceRecord();
        String previous = s.previousToken();
        Instant until = s.previousUntil();
        r.setWorkspaceId(s.workspaceId());
        r.setId(s.id());
        r.setKind(s.kind());
        r.setName(s.name());
        r.setDoc(Json.write(s.doc()));
        r.setSecrets(secrets.seal(Json.writeBytes(s.keys()), place(s.id(), "keys")));
        r.setToken(sealed(s.id(), s.token()));
        r.setTokenKey(tokenKey(s.token()));
        r.setPreviousToken(previous == null ? null : sealed(s.id(), previous));
        r.setPreviousKey(previous == null ? null : (Long) tokenKey(previous));
        r.setPreviousUntil(until == null ? null : (Long) until.toEpochMilli());
        r.setCreatedAt(s.createdAt().toEpochMilli());
        r.setUpdatedAt(tx.now().toEpochMilli());
        return r;
    }

    private byte[] sealed(String id, String token) {
        return secrets.seal(token.getBytes(StandardCharsets.UTF_8), place(id, "token"));
    }

    private String opened(String id, byte[] sealed) {
        return new String(secrets.open(sealed, place(id, "token")), StandardCharsets.UTF_8);
    }

    private static String place(String id, String what) {
        return "source/" + id + "/" + what;
    }

    /** Nothing is taken from it any more; its requests are forgotten in small steps. */
    public void remove(Source s) {
        store.write(tx -> {
            tx.sql()
                    .update(SOURCE)
                    .set(SOURCE.REMOVED_AT, tx.now().toEpochMilli())
                    .where(SOURCE.WORKSPACE_ID.eq(s.workspaceId()), SOURCE.ID.eq(s.id()))
                    .execute();
            revision.changed(tx);
            return true;
        });
    }

    /** Forgets up to that many requests of sources that were removed, and then the sources. */
    int forgetRemoved(Tx tx, int most) {
        var sql = tx.sql();
        var removed = sql.select(SOURCE.WORKSPACE_ID, SOURCE.ID)
                .from(SOURCE)
                .where(SOURCE.REMOVED_AT.isNotNull())
                .limit(1)
                .fetchOne();
        if (removed == null) {
            return 0;
        }
        int ws = removed.value1();
        String id = removed.value2();
        List<StoredRequest> requests = sql.selectFrom(INBOUND)
                .where(INBOUND.SOURCE_ID.eq(id))
                .limit(most)
                .fetch(Requests::read);
        Requests.forget(tx, ws, requests);
        if (requests.size() < most) {
            sql.deleteFrom(INBOUND_FACT)
                    .where(INBOUND_FACT.WORKSPACE_ID.eq(ws), INBOUND_FACT.SOURCE_ID.eq(id))
                    .execute();
            sql.deleteFrom(SOURCE_LEASE).where(SOURCE_LEASE.SOURCE_ID.eq(id)).execute();
            sql.deleteFrom(SOURCE)
                    .where(SOURCE.WORKSPACE_ID.eq(ws), SOURCE.ID.eq(id))
                    .execute();
        }
        return requests.size();
    }

    @Override
    public void reload(DSLContext sql) {
        var ofId = new LinkedHashMap<String, Source>();
        var ofToken = new HashMap<Long, Source>();
        for (SourceRecord r : new ArrayList<>(sql.selectFrom(SOURCE)
                .where(SOURCE.REMOVED_AT.isNull())
                .orderBy(SOURCE.ID)
                .fetch())) {
            Source s = read(r);
            ofId.put(s.id(), s);
            ofToken.put(r.getTokenKey(), s);
            if (r.getPreviousKey() != null) {
                ofToken.put(r.getPreviousKey(), s);
            }
        }
        byId = ofId;
        byToken = ofToken;
        changed.run();
    }

    private Source read(SourceRecord r) {
        byte[] previous = r.getPreviousToken();
        Long until = r.getPreviousUntil();
        return new Source(
                r.getWorkspaceId(),
                r.getId(),
                r.getKind(),
                r.getName(),
                Json.read(r.getDoc(), SourceDoc.class),
                Json.read(secrets.open(r.getSecrets(), place(r.getId(), "keys")), SourceKeys.class),
                opened(r.getId(), r.getToken()),
                previous == null ? null : opened(r.getId(), previous),
                until == null ? null : Instant.ofEpochMilli(until),
                Instant.ofEpochMilli(r.getCreatedAt()),
                Instant.ofEpochMilli(r.getUpdatedAt()));
    }
}
