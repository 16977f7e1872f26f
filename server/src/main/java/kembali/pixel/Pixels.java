package kembali.pixel;

import static kembali.store.schema.Tables.PIXEL;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import kembali.platform.Destination;
import kembali.platform.Endpoints;
import kembali.platform.Platform;
import kembali.platform.Platforms;
import kembali.platform.Reason;
import kembali.store.Revision;
import kembali.store.Store;
import kembali.store.Tx;
import kembali.store.schema.tables.records.PixelRecord;
import kembali.support.Ids;
import kembali.support.Json;
import kembali.support.Secrets;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** All pixels, in memory, opened for sending. */
public final class Pixels implements Revision.Reloadable {
    private static final Logger LOG = Logger.getLogger(Pixels.class.getName());
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private final Store store;
    private final Revision revision;
    private final Platforms platforms;
    private final Secrets secrets;
    private final Ids ids;
    private final Endpoints endpoints;
    private volatile Map<String, Pixel> byId = Map.of();
    private volatile Map<Integer, List<Pixel>> byWorkspace = Map.of();
    private volatile Map<String, Pixel> archived = Map.of();
    private final List<Runnable> listeners = new java.util.concurrent.CopyOnWriteArrayList<>();

    public Pixels(Store store, Revision revision, Platforms platforms, Secrets secrets, Ids ids, Endpoints endpoints) {
        this.store = store;
        this.revision = revision;
        this.platforms = platforms;
        this.secrets = secrets;
        this.ids = ids;
        this.endpoints = endpoints;
        revision.register(this);
    }

    /** Calls {@code listener} after every change of any pixel. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    public @Nullable Pixel find(String id) {
        return byId.get(id);
    }

    /** The workspace's pixel of that id, or null. */
    public @Nullable Pixel find(int workspaceId, String id) {
        Pixel p = byId.get(id);
        return p != null && p.workspaceId() == workspaceId ? p : null;
    }

    /** The workspace's pixels, oldest first. */
    public List<Pixel> of(int workspaceId) {
        return byWorkspace.getOrDefault(workspaceId, List.of());
    }

    /** The workspace's deleted pixels, oldest first. */
    public List<Pixel> archivedOf(int workspaceId) {
        return archived.values().stream()
                .filter(p -> p.workspaceId() == workspaceId)
                .toList();
    }

    /** What a pixel is called, or was called before it was deleted; null when there never was one. */
    public @Nullable String name(String id) {
        Pixel p = byId.get(id);
        Pixel found = p == null ? archived.get(id) : p;
        return found == null ? null : found.name();
    }

    /** Every pixel of the installation. */
    public List<Pixel> all() {
        return List.copyOf(byId.values());
    }

    public String newId() {
        return ids.next("px");
    }

    /** What a pixel would be with these values, not stored. */
    public Pixel draft(
            int workspaceId,
            String id,
            Platform platform,
            String name,
            boolean enabled,
            PixelDoc doc,
            Map<String, String> credentials,
            @Nullable String proxy,
            @Nullable Pixel before) {
        Instant now = Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
        return new Pixel(
                workspaceId,
                id,
                platform,
                name,
                enabled,
                before != null && before.paused(),
                before != null && before.muted(),
                doc,
                credentials,
                proxy,
                open(platform, doc.settings(), credentials),
                before == null ? Health.OK : before.health(),
                before == null ? null : before.testCode(),
                before == null ? null : before.testUntil(),
                before == null ? now : before.createdAt(),
                now,
                null);
    }

    /** Stores a new pixel or replaces one; a parked or throttled queue gets its chance at once. */
    public Pixel save(Pixel p) {
        store.write(tx -> {
            var record = new PixelRecord();
            record.setWorkspaceId(p.workspaceId());
            record.setId(p.id());
            record.setPlatform(p.platform().key());
            record.setName(p.name());
            record.setEnabled(p.enabled());
            record.setPaused(p.paused());
            record.setMuted(p.muted());
            record.setDoc(Json.write(p.doc()));
            record.setCredentials(secrets.seal(Json.writeBytes(p.credentials()), "pixel/" + p.id()));
            record.setProxy(
                    p.proxy() == null
                            ? null
                            : secrets.seal(p.proxy().getBytes(StandardCharsets.UTF_8), "proxy/" + p.id()));
            record.setHealthState("ok");
            record.setHealthCode(null);
            record.setHealthMessage(null);
            record.setHealthFix(null);
            record.setHealthSince(null);
            record.setTestCode(p.testCode());
            record.setTestUntil(p.testUntil() == null ? null : p.testUntil().toEpochMilli());
            record.setCreatedAt(p.createdAt().toEpochMilli());
            record.setUpdatedAt(tx.now().toEpochMilli());
            tx.sql()
                    .insertInto(PIXEL)
                    .set(record)
                    .onConflict(PIXEL.WORKSPACE_ID, PIXEL.ID)
                    .doUpdate()
                    .set(record)
                    .execute();
            revision.changed(tx);
            return true;
        });
        Pixel saved = find(p.id());
        if (saved == null) {
            throw new IllegalStateException("the pixel just stored is not there");
        }
        return saved;
    }

    /** Pauses or resumes. */
    public Pixel pause(Pixel p, boolean paused) {
        store.write(tx -> {
            pause(tx, p, paused);
            return true;
        });
        return now(p);
    }

    /** The same in that transaction. */
    public void pause(Tx tx, Pixel p, boolean paused) {
        tx.sql()
                .update(PIXEL)
                .set(PIXEL.PAUSED, paused)
                .set(PIXEL.HEALTH_STATE, "ok")
                .setNull(PIXEL.HEALTH_CODE)
                .setNull(PIXEL.HEALTH_MESSAGE)
                .setNull(PIXEL.HEALTH_FIX)
                .set(PIXEL.HEALTH_SINCE, tx.now().toEpochMilli())
                .set(PIXEL.UPDATED_AT, tx.now().toEpochMilli())
                .where(PIXEL.WORKSPACE_ID.eq(p.workspaceId()), PIXEL.ID.eq(p.id()))
                .execute();
        revision.changed(tx);
    }

    /** Mutes: what happens from now on is not sent. Or ends that. */
    public Pixel mute(Pixel p, boolean muted) {
        store.write(tx -> {
            tx.sql()
                    .update(PIXEL)
                    .set(PIXEL.MUTED, muted)
                    .set(PIXEL.HEALTH_SINCE, tx.now().toEpochMilli())
                    .set(PIXEL.UPDATED_AT, tx.now().toEpochMilli())
                    .where(PIXEL.WORKSPACE_ID.eq(p.workspaceId()), PIXEL.ID.eq(p.id()))
                    .execute();
            revision.changed(tx);
            return true;
        });
        return now(p);
    }

    private Pixel now(Pixel p) {
        Pixel saved = find(p.id());
        return saved == null ? p : saved;
    }

    /** Puts events under the platform's test code until an instant, or ends that with nulls. */
    public Pixel testMode(Pixel p, @Nullable String code, @Nullable Instant until) {
        store.write(tx -> {
            tx.sql()
                    .update(PIXEL)
                    .set(PIXEL.TEST_CODE, code)
                    .set(PIXEL.TEST_UNTIL, until == null ? null : (Long) until.toEpochMilli())
                    .where(PIXEL.WORKSPACE_ID.eq(p.workspaceId()), PIXEL.ID.eq(p.id()))
                    .execute();
            revision.changed(tx);
            return true;
        });
        Pixel saved = find(p.id());
        return saved == null ? p : saved;
    }

    /**
     * Deletes a pixel in that transaction: its name stays for the sync log, its secrets go. What becomes of its queue is
     * delivery's to say.
     */
    public void archive(Tx tx, Pixel p) {
        tx.sql()
                .update(PIXEL)
                .set(PIXEL.ARCHIVED_AT, tx.now().toEpochMilli())
                .set(PIXEL.CREDENTIALS, secrets.seal(Json.writeBytes(Map.of()), "pixel/" + p.id()))
                .setNull(PIXEL.PROXY)
                .setNull(PIXEL.TEST_CODE)
                .setNull(PIXEL.TEST_UNTIL)
                .where(PIXEL.WORKSPACE_ID.eq(p.workspaceId()), PIXEL.ID.eq(p.id()))
                .execute();
        revision.changed(tx);
    }

    /** Notes what a lane found about the pixel's queue. */
    public void saveHealth(Pixel p, Health health) {
        store.write(tx -> {
            Reason reason = health.reason();
            tx.sql()
                    .update(PIXEL)
                    .set(PIXEL.HEALTH_STATE, health.state().name().toLowerCase(java.util.Locale.ROOT))
                    .set(PIXEL.HEALTH_CODE, reason == null ? null : reason.code())
                    .set(PIXEL.HEALTH_MESSAGE, reason == null ? null : reason.message())
                    .set(PIXEL.HEALTH_FIX, reason == null ? null : reason.fix())
                    .set(PIXEL.HEALTH_SINCE, tx.now().toEpochMilli())
                    .where(PIXEL.WORKSPACE_ID.eq(p.workspaceId()), PIXEL.ID.eq(p.id()))
                    .execute();
            revision.changed(tx);
            return true;
        });
    }

    @Override
    public void reload(DSLContext sql) {
        Map<String, Pixel> before = byId;
        var ids = new LinkedHashMap<String, Pixel>();
        var gone = new LinkedHashMap<String, Pixel>();
        var workspaces = new HashMap<Integer, List<Pixel>>();
        for (PixelRecord r : sql.selectFrom(PIXEL).orderBy(PIXEL.ID).fetch()) {
            Platform platform = platforms.find(r.getPlatform()).orElse(null);
            if (platform == null) {
                LOG.log(Level.WARNING, "pixel {0} is of platform {1}, which this build does not know", new Object[] {
                    r.getId(), r.getPlatform()
                });
                continue;
            }
            Pixel p = read(r, platform, before.get(r.getId()));
            if (p.archivedAt() != null) {
                gone.put(p.id(), p);
                continue;
            }
            ids.put(p.id(), p);
            workspaces.computeIfAbsent(p.workspaceId(), w -> new ArrayList<>()).add(p);
        }
        workspaces.replaceAll((w, list) -> List.copyOf(list));
        byId = ids;
        byWorkspace = Map.copyOf(workspaces);
        archived = gone;
        listeners.forEach(Runnable::run);
    }

    private Pixel read(PixelRecord r, Platform platform, @Nullable Pixel before) {
        PixelDoc doc = Json.read(r.getDoc(), PixelDoc.class);
        Map<String, String> credentials = texts(secrets.open(r.getCredentials(), "pixel/" + r.getId()));
        byte[] proxy = r.getProxy();
        // An unchanged pixel keeps its opened destination.
        boolean same = before != null
                && before.doc().settings().equals(doc.settings())
                && before.credentials().equals(credentials);
        Long since = r.getHealthSince();
        Long testUntil = r.getTestUntil();
        Long archivedAt = r.getArchivedAt();
        String code = r.getHealthCode();
        return new Pixel(
                r.getWorkspaceId(),
                r.getId(),
                platform,
                r.getName(),
                r.getEnabled(),
                r.getPaused(),
                r.getMuted(),
                doc,
                credentials,
                proxy == null ? null : new String(secrets.open(proxy, "proxy/" + r.getId()), StandardCharsets.UTF_8),
                same && before != null ? before.destination() : open(platform, doc.settings(), credentials),
                new Health(
                        Health.State.valueOf(r.getHealthState().toUpperCase(java.util.Locale.ROOT)),
                        code == null ? null : new Reason(code, text(r.getHealthMessage()), text(r.getHealthFix())),
                        since == null ? null : Instant.ofEpochMilli(since)),
                r.getTestCode(),
                testUntil == null ? null : Instant.ofEpochMilli(testUntil),
                Instant.ofEpochMilli(r.getCreatedAt()),
                Instant.ofEpochMilli(r.getUpdatedAt()),
                archivedAt == null ? null : Instant.ofEpochMilli(archivedAt));
    }

    private @Nullable Destination open(
            Platform platform, Map<String, Object> settings, Map<String, String> credentials) {
        if (!platform.check(settings, credentials).isEmpty()) {
            return null;
        }
        return platform.destination(settings, credentials, endpoints);
    }

    private static String text(@Nullable String s) {
        return s == null ? "" : s;
    }

    private static Map<String, String> texts(byte[] json) {
        try {
            return Json.STORED.readValue(json, TEXTS);
        } catch (IOException e) {
            throw new IllegalStateException("stored credentials cannot be read", e);
        }
    }
}
