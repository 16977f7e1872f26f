package kembali.store;

import static kembali.store.schema.Tables.SETTING;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Tells every node when configuration (workspaces, pixels, mappings, rotators, agents) has changed,
 * so that it can be read from memory everywhere else.
 *
 * <p>A change bumps a number in its own transaction. The node that made it reloads before its caller
 * gets the answer; other nodes look every second.
 */
public final class Revision implements AutoCloseable {
    /** Something kept in memory that must be read anew after a change. */
    public interface Reloadable {
        void reload(DSLContext sql);
    }

    private static final Logger LOG = Logger.getLogger(Revision.class.getName());
    private static final String NAME = "configuration_revision";

    private final Store store;
    private final List<Reloadable> reloadables = new CopyOnWriteArrayList<>();
    private final @Nullable ScheduledExecutorService poller;
    private volatile String seen = "";

    public Revision(Store store) {
        this.store = store;
        if (store.shared()) {
            poller = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("configuration-poller").daemon().factory());
            poller.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
        } else {
            poller = null;
        }
    }

    /** Loads it now and again after every change. */
    public void register(Reloadable reloadable) {
        reloadables.add(reloadable);
        store.read(sql -> {
            reloadable.reload(sql);
            return true;
        });
    }

    /** Notes in {@code tx} that configuration changed; everything is reloaded right after the commit. */
    public void changed(Tx tx) {
        var sql = tx.sqlUnflushed();
        String next = Long.toString(tx.now().toEpochMilli()) + "." + System.nanoTime();
        if (sql.update(SETTING)
                        .set(SETTING.CONTENT, next)
                        .where(SETTING.NAME.eq(NAME))
                        .execute()
                == 0) {
            sql.insertInto(SETTING)
                    .set(SETTING.NAME, NAME)
                    .set(SETTING.CONTENT, next)
                    .execute();
        }
        tx.afterCommit(this::reload);
    }

    /**
     * Reads everything registered anew. One at a time: the poller that read before a change must not
     * overwrite what the writer read after it. A revision counts as seen once all of it is loaded.
     */
    public synchronized void reload() {
        store.read(sql -> {
            String revision = current(sql);
            for (Reloadable r : reloadables) {
                r.reload(sql);
            }
            seen = revision;
            return true;
        });
    }

    private void look() {
        try {
            String now = store.read(Revision::current);
            if (!now.equals(seen)) {
                reload();
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "configuration could not be read: " + e.getMessage());
        }
    }

    private static String current(DSLContext sql) {
        String content = sql.select(SETTING.CONTENT)
                .from(SETTING)
                .where(SETTING.NAME.eq(NAME))
                .fetchOne(SETTING.CONTENT);
        return content == null ? "" : content;
    }

    @Override
    public void close() {
        if (poller != null) {
            poller.shutdownNow();
        }
    }
}
