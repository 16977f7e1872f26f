package kembali.transfer;

import static kembali.store.schema.Tables.CAMPAIGN;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import kembali.store.Store;
import kembali.transfer.row.Campaigns;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The campaigns of one workspace as files name them, looked up once each. For one run. */
final class CampaignBook implements Campaigns {
    private static final int MOST_KEPT = 10_000;

    private final Store store;
    private final int workspaceId;
    private final Map<String, String> found = new HashMap<>();

    CampaignBook(Store store, int workspaceId) {
        this.store = store;
        this.workspaceId = workspaceId;
    }

    @Override
    public @Nullable String find(String name) {
        if (name.length() > 200) {
            return null;
        }
        if (found.size() > MOST_KEPT) {
            found.clear();
        }
        String id = found.computeIfAbsent(name, this::look);
        return id.isEmpty() ? null : id;
    }

    private String look(String name) {
        String id = store.read(sql -> sql.select(CAMPAIGN.ID)
                .from(CAMPAIGN)
                .where(
                        CAMPAIGN.WORKSPACE_ID.eq(workspaceId),
                        CAMPAIGN.ID
                                .eq(name)
                                .or(CAMPAIGN.ALIAS.eq(name.toLowerCase(Locale.ROOT)))
                                .or(CAMPAIGN.TOKEN.eq(name))
                                .or(CAMPAIGN.NAME.eq(name)))
                .orderBy(DSL.case_().when(CAMPAIGN.ID.eq(name), 0).else_(1), CAMPAIGN.ID)
                .limit(1)
                .fetchOne(CAMPAIGN.ID));
        return id == null ? "" : id;
    }
}
