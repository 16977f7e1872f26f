package kembali.conversion;

import static kembali.store.schema.Tables.CONVERSION_SETTINGS;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kembali.platform.Platforms;
import kembali.store.Revision;
import kembali.store.Store;
import kembali.support.Json;
import org.jooq.DSLContext;

/** The conversion settings of every workspace, in memory. */
public final class SettingsBook implements Revision.Reloadable {
    private final Store store;
    private final Revision revision;
    private final ConversionSettings initial;
    private final List<String> columns;
    private volatile Map<Integer, ConversionSettings> byWorkspace = Map.of();

    public SettingsBook(Store store, Revision revision, Platforms platforms) {
        this.store = store;
        this.revision = revision;
        this.initial = ConversionSettings.initial(platforms);
        this.columns = initial.mapping().values().stream()
                .flatMap(m -> m.keySet().stream())
                .distinct()
                .toList();
        revision.register(this);
    }

    public ConversionSettings of(int workspaceId) {
        return byWorkspace.getOrDefault(workspaceId, initial);
    }

    /** Replaces a workspace's settings. */
    public void save(int workspaceId, ConversionSettings settings) {
        store.write(tx -> {
            String doc = Json.write(settings.withEveryColumn(columns, status -> Map.of()));
            long now = tx.now().toEpochMilli();
            tx.sql()
                    .insertInto(CONVERSION_SETTINGS)
                    .set(CONVERSION_SETTINGS.WORKSPACE_ID, workspaceId)
                    .set(CONVERSION_SETTINGS.DOC, doc)
                    .set(CONVERSION_SETTINGS.UPDATED_AT, now)
                    .onConflict(CONVERSION_SETTINGS.WORKSPACE_ID)
                    .doUpdate()
                    .set(CONVERSION_SETTINGS.DOC, doc)
                    .set(CONVERSION_SETTINGS.UPDATED_AT, now)
                    .execute();
            revision.changed(tx);
            return true;
        });
    }

    @Override
    public void reload(DSLContext sql) {
        var all = new HashMap<Integer, ConversionSettings>();
        sql.selectFrom(CONVERSION_SETTINGS)
                .forEach(r -> all.put(
                        r.getWorkspaceId(),
                        Json.read(r.getDoc(), ConversionSettings.class)
                                // A platform added since these settings were saved begins with its default events.
                                .withEveryColumn(
                                        columns, status -> initial.mapping().getOrDefault(status, Map.of()))));
        byWorkspace = Map.copyOf(all);
    }
}
