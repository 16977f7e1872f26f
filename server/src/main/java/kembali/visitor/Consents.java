package kembali.visitor;

import static kembali.store.schema.Tables.CONSENT;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kembali.identity.Consent;
import kembali.store.Tx;
import kembali.store.schema.tables.records.ConsentRecord;
import kembali.support.Ids;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The history of consent: what each visitor said, whenever it changed, whoever told us. */
public final class Consents {
    private final Ids ids;

    public Consents(Ids ids) {
        this.ids = ids;
    }

    /** The changes of that transaction. */
    InTx in(Tx tx) {
        return tx.part(InTx.class, InTx::new);
    }

    /**
     * A visitor's history, newest first.
     *
     * @param before the entries recorded before the one of this id; null begins with the newest
     */
    public static List<ConsentEntry> of(DSLContext sql, int workspaceId, long no, @Nullable String before, int limit) {
        Condition part = before == null ? DSL.trueCondition() : CONSENT.ID.lt(before);
        return sql.selectFrom(CONSENT)
                .where(CONSENT.WORKSPACE_ID.eq(workspaceId), CONSENT.VISITOR_NO.eq(no), part)
                .orderBy(CONSENT.ID.desc())
                .limit(limit)
                .fetch(Consents::read);
    }

    private static ConsentEntry read(ConsentRecord r) {
        return new ConsentEntry(
                r.getId(),
                Instant.ofEpochMilli(r.getRecordedAt()),
                new Consent(
                        choice(r.getAdStorage()),
                        choice(r.getAnalyticsStorage()),
                        choice(r.getAdUserData()),
                        choice(r.getAdPersonalization()),
                        Consent.Source.valueOf(r.getSource().toUpperCase(Locale.ROOT)),
                        r.getTcString(),
                        r.getGpc(),
                        r.getGdpr(),
                        r.getCountry(),
                        Instant.ofEpochMilli(r.getAt())));
    }

    private static Consent.Choice choice(String word) {
        return Consent.Choice.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The changes one transaction has to put on record. */
    final class InTx implements Tx.Part {
        private record Entry(int workspaceId, long no, String id, Consent consent) {}

        private final Tx tx;
        private final List<Entry> entries = new ArrayList<>();

        private InTx(Tx tx) {
            this.tx = tx;
        }

        /** Puts on record what a visitor now says, if it is not what they said before. */
        void changed(Visitor now, Consent before) {
            Consent after = now.profile().consent();
            if (!after.saysSame(before)) {
                entries.add(new Entry(now.workspaceId(), now.no(), ids.next("cs"), after));
            }
        }

        @Override
        public void flush() throws SQLException {
            if (entries.isEmpty()) {
                return;
            }
            PreparedStatement p = tx.prepared("""
                    insert into consent (workspace_id, visitor_no, id, at, recorded_at, ad_storage, analytics_storage,
                      ad_user_data, ad_personalization, source, tc_string, gpc, gdpr, country)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
            for (Entry e : entries) {
                Consent c = e.consent;
                Instant at = c.at() == null ? tx.now() : c.at();
                p.setInt(1, e.workspaceId);
                p.setLong(2, e.no);
                p.setString(3, e.id);
                p.setLong(4, at.toEpochMilli());
                p.setLong(5, tx.now().toEpochMilli());
                p.setString(6, word(c.adStorage()));
                p.setString(7, word(c.analyticsStorage()));
                p.setString(8, word(c.adUserData()));
                p.setString(9, word(c.adPersonalization()));
                p.setString(10, word(c.source()));
                p.setString(11, c.tcString());
                p.setBoolean(12, c.gpc());
                p.setBoolean(13, c.gdpr());
                p.setString(14, c.country());
                p.addBatch();
            }
            p.executeBatch();
            entries.clear();
        }
    }
}
