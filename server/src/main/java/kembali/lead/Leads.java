package kembali.lead;

import static kembali.store.schema.Tables.LEAD;
import static kembali.store.schema.Tables.LEAD_ALIAS;
import static kembali.store.schema.Tables.LEAD_EVENT;
import static kembali.store.schema.Tables.LEAD_SEARCH;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import kembali.identity.Person;
import kembali.store.StoreException;
import kembali.store.Tx;
import kembali.support.Ids;
import kembali.support.Secrets;
import kembali.visitor.Arrivals;
import kembali.visitor.Visitors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Leads in the database, and the leads of one transaction. */
public final class Leads {
    /** What a lead is found by, and how its newest bearer's id is read. */
    private enum Name {
        VISITOR("visitor_no"),
        EXTERNAL_REF("external_ref"),
        PHONE("phone_key"),
        EMAIL("email_key");

        private final String select;

        Name(String column) {
            this.select = "select id from lead where workspace_id = ? and " + column + " = ? order by id desc limit 1";
        }
    }

    private final Secrets secrets;
    private final Visitors visitors;
    private final Ids ids;
    private final SearchTokens search;
    private final LeadRows rows;
    private final LeadAliases aliases;
    private final LeadIdentities identities;
    private final Messages messages;
    private final FormAnswers answers;
    private final LeadContacts contacts;
    private volatile Arrivals arrivals = (workspaceId, name) -> {};

    public Leads(Secrets secrets, Visitors visitors, Ids ids) {
        this.secrets = secrets;
        this.visitors = visitors;
        this.ids = ids;
        this.search = new SearchTokens(secrets);
        this.rows = new LeadRows(secrets, visitors);
        this.aliases = new LeadAliases(secrets);
        this.identities = new LeadIdentities(secrets);
        this.messages = new Messages(secrets, ids);
        this.answers = new FormAnswers(secrets);
        this.contacts = new LeadContacts(secrets);
    }

    /** Connects those who wait for a caller's own reference. */
    public void onReference(Arrivals a) {
        arrivals = a;
    }

    /** Leads by e-mail address and phone number, where only one will do. */
    public LeadContacts contacts() {
        return contacts;
    }

    /** Whom messages and forms come from. */
    public LeadIdentities identities() {
        return identities;
    }

    /** What leads wrote and were written. */
    public Messages messages() {
        return messages;
    }

    /** The leads of that transaction. */
    public InTx in(Tx tx) {
        return tx.part(InTx.class, InTx::new);
    }

    /** A new lead id. */
    public String newId() {
        return ids.next("ld");
    }

    /** The lead of that id, or the one it was merged into; null when there is neither. */
    public @Nullable Lead find(DSLContext sql, int workspaceId, String id) {
        return newest(sql, workspaceId, LEAD.ID.eq(id), LEAD_ALIAS.ALIAS_ID.eq(id));
    }

    /** The lead of that visitor number, or the one it was merged into; null when there is neither. */
    public @Nullable Lead findByVisitor(DSLContext sql, int workspaceId, long no) {
        return newest(sql, workspaceId, LEAD.VISITOR_NO.eq(no), LEAD_ALIAS.VISITOR_NO.eq(no));
    }

    /** The lead with that reference, or the one it was merged into; null when there is neither. */
    public @Nullable Lead findByExternalRef(DSLContext sql, int workspaceId, String ref) {
        return newest(sql, workspaceId, LEAD.EXTERNAL_REF.eq(ref), LEAD_ALIAS.EXTERNAL_REF.eq(ref));
    }

    /** The newest lead with that number, or the one that writes from it. */
    public @Nullable Lead findByPhone(DSLContext sql, int workspaceId, String e164) {
        Lead lead = newest(sql, workspaceId, LEAD.PHONE_KEY.eq(phoneKey(e164)));
        if (lead != null) {
            return lead;
        }
        String writes = identities.find(sql, workspaceId, LeadIdentities.Identity.phone(e164));
        return writes == null ? null : find(sql, workspaceId, writes);
    }

    private @Nullable Lead newest(DSLContext sql, int workspaceId, Condition condition, Condition ofAlias) {
        Lead lead = newest(sql, workspaceId, condition);
        if (lead != null) {
            return lead;
        }
        String now = LeadAliases.find(sql, workspaceId, ofAlias);
        return now == null ? null : newest(sql, workspaceId, LEAD.ID.eq(now));
    }

    private @Nullable Lead newest(DSLContext sql, int workspaceId, Condition condition) {
        List<Lead> found = list(sql, workspaceId, condition, 1);
        return found.isEmpty() ? null : found.getFirst();
    }

    /** Leads that fulfil {@code condition}, newest first. */
    public List<Lead> list(DSLContext sql, int workspaceId, Condition condition, int limit) {
        return rows.read(LeadRows.select(sql)
                .where(LEAD.WORKSPACE_ID.eq(workspaceId), condition)
                .orderBy(LEAD.ID.desc())
                .limit(limit));
    }

    /** The condition that a lead is found by these words: name, e-mail, phone, company, reference or code. */
    public Condition matches(int workspaceId, String query) {
        Long no = visitors.number(workspaceId, query.strip().toUpperCase(Locale.ROOT));
        Condition byCode = no == null ? DSL.falseCondition() : LEAD.VISITOR_NO.eq(no);
        Set<Long> tokens = search.ofQuery(workspaceId, query);
        if (tokens.isEmpty()) {
            return byCode;
        }
        Condition all = DSL.trueCondition();
        for (Long t : tokens) {
            all = all.and(LEAD.ID.in(DSL.select(LEAD_SEARCH.LEAD_ID)
                    .from(LEAD_SEARCH)
                    .where(LEAD_SEARCH.WORKSPACE_ID.eq(workspaceId), LEAD_SEARCH.TOKEN.eq(t))));
        }
        return byCode.or(all);
    }

    /** A lead's timeline, oldest first. */
    public List<LeadEvent> timeline(DSLContext sql, int workspaceId, String leadId) {
        return sql.selectFrom(LEAD_EVENT)
                .where(LEAD_EVENT.WORKSPACE_ID.eq(workspaceId), LEAD_EVENT.LEAD_ID.eq(leadId))
                .orderBy(LEAD_EVENT.ID)
                .fetch(answers::read);
    }

    long phoneKey(String e164) {
        return secrets.lookupKey("phone", e164);
    }

    long emailKey(String email) {
        return secrets.lookupKey("email", plainEmail(email));
    }

    static String plainEmail(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    /** The leads one transaction has read or changed. */
    public final class InTx implements Tx.Part {
        private record Key(int workspaceId, String id) {}

        private record Entry(int workspaceId, String leadId, LeadEvent event) {}

        /** Something a lead is found by. */
        private record Named(int workspaceId, Name name, String value) {}

        private final Tx tx;
        private final Map<Key, @Nullable Lead> known = new LinkedHashMap<>();
        private final Set<Key> fresh = new LinkedHashSet<>();
        private final Set<Key> changed = new LinkedHashSet<>();
        private final Set<Key> reindex = new LinkedHashSet<>();
        private final Set<Key> indexedBefore = new LinkedHashSet<>();
        private final SearchRows searchRows = new SearchRows();
        private final List<Entry> timeline = new ArrayList<>();
        /** What leads are found by that are not in the database yet; ids grow, so they are the newest. */
        private final Map<Named, String> freshNames = new HashMap<>();
        /** A lead of this transaction is found by something else now; the database does not know yet. */
        private boolean renamed;

        private InTx(Tx tx) {
            this.tx = tx;
        }

        /** The lead of that id, or the one it was merged into, locked for this transaction; null when there is neither. */
        public @Nullable Lead get(int workspaceId, String id) {
            Lead lead = own(workspaceId, id);
            if (lead != null) {
                return lead;
            }
            String now = LeadAliases.ofId(tx, workspaceId, id);
            return now == null ? null : own(workspaceId, now);
        }

        private @Nullable Lead own(int workspaceId, String id) {
            var key = new Key(workspaceId, id);
            if (known.containsKey(key)) {
                return known.get(key);
            }
            Lead lead = stored(key);
            known.put(key, lead);
            return lead;
        }

        private @Nullable Lead stored(Key key) {
            String select = LeadRows.SELECT + "where workspace_id = ? and id = ?";
            try {
                PreparedStatement p = tx.prepared(tx.shared() ? select + " for update" : select);
                p.setInt(1, key.workspaceId);
                p.setString(2, key.id);
                List<Lead> found = rows.read(p);
                return found.isEmpty() ? null : found.getFirst();
            } catch (SQLException e) {
                throw new StoreException(e);
            }
        }

        /** The id of that visitor's lead, or null. */
        public @Nullable String idByVisitor(int workspaceId, long no) {
            String id = newestId(new Named(workspaceId, Name.VISITOR, Long.toString(no)), no);
            return id != null ? id : LeadAliases.ofVisitor(tx, workspaceId, no);
        }

        /** The id of the lead with that external reference, or null. */
        public @Nullable String idByExternalRef(int workspaceId, String ref) {
            String id = newestId(new Named(workspaceId, Name.EXTERNAL_REF, ref), ref);
            return id != null ? id : LeadAliases.ofReference(tx, workspaceId, ref);
        }

        /** The id of the newest lead with that number, or of the one that writes from it, or null. */
        public @Nullable String idByPhone(int workspaceId, String e164) {
            String id = newestId(new Named(workspaceId, Name.PHONE, e164), phoneKey(e164));
            return id != null ? id : identities.in(tx).leadOf(workspaceId, LeadIdentities.Identity.phone(e164));
        }

        /** The id of the newest lead with that e-mail address, upper and lower case being one, or null. */
        public @Nullable String idByEmail(int workspaceId, String email) {
            return newestId(new Named(workspaceId, Name.EMAIL, plainEmail(email)), emailKey(email));
        }

        private @Nullable String newestId(Named named, Object stored) {
            if (renamed) {
                tx.flushNow();
            }
            String fresh = freshNames.get(named);
            if (fresh != null) {
                return fresh;
            }
            try {
                PreparedStatement p = tx.prepared(named.name.select);
                p.setInt(1, named.workspaceId);
                p.setObject(2, stored);
                try (ResultSet rs = p.executeQuery()) {
                    return rs.next() ? rs.getString(1) : null;
                }
            } catch (SQLException e) {
                throw new StoreException(e);
            }
        }

        /** How often, and with what details, a lead was said to have reached that status; oldest first. */
        public List<LeadEvent> reached(Lead lead, String status) {
            var events = new ArrayList<LeadEvent>();
            if (!isFresh(lead)) {
                addStoredReached(lead, status, events);
            }
            for (Entry e : timeline) {
                if (e.leadId.equals(lead.id())
                        && e.event.kind().equals(LeadEvent.STATUS)
                        && status.equals(e.event.status())) {
                    events.add(e.event);
                }
            }
            return events;
        }

        private void addStoredReached(Lead lead, String status, List<LeadEvent> events) {
            try {
                PreparedStatement p = tx.prepared("""
                        select id, at, doc from lead_event
                        where workspace_id = ? and lead_id = ? and kind = 'status' and status = ? order by id""");
                p.setInt(1, lead.workspaceId());
                p.setString(2, lead.id());
                p.setString(3, status);
                try (ResultSet rs = p.executeQuery()) {
                    while (rs.next()) {
                        events.add(new LeadEvent(
                                rs.getString(1),
                                Instant.ofEpochMilli(rs.getLong(2)),
                                LeadEvent.STATUS,
                                status,
                                rs.getString(3)));
                    }
                }
            } catch (SQLException e) {
                throw new StoreException(e);
            }
        }

        /** True when this transaction made the lead, so nothing of it can be in the database yet. */
        public boolean isFresh(Lead lead) {
            return fresh.contains(new Key(lead.workspaceId(), lead.id()));
        }

        public void create(Lead lead) {
            var key = new Key(lead.workspaceId(), lead.id());
            known.put(key, lead);
            fresh.add(key);
            noteNames(lead);
            if (!lead.person().isUnknown() || lead.externalRef() != null) {
                reindex.add(key);
            }
        }

        /** Replaces a lead. */
        public void put(Lead lead) {
            var key = new Key(lead.workspaceId(), lead.id());
            Lead before = known.put(key, lead);
            if (!fresh.contains(key)) {
                changed.add(key);
            }
            if (before == null
                    || !before.person().equals(lead.person())
                    || !java.util.Objects.equals(before.externalRef(), lead.externalRef())) {
                reindex.add(key);
                indexedBefore.add(key);
                renamed = true;
                announceReference(lead);
            }
        }

        private void announceReference(Lead lead) {
            String ref = lead.externalRef();
            if (ref != null) {
                tx.afterCommit(() -> arrivals.arrived(lead.workspaceId(), ref));
            }
        }

        private void noteNames(Lead lead) {
            int ws = lead.workspaceId();
            String phone = lead.person().phoneE164();
            String email = lead.person().email();
            freshNames.put(new Named(ws, Name.VISITOR, Long.toString(lead.visitorNo())), lead.id());
            if (lead.externalRef() != null) {
                freshNames.put(new Named(ws, Name.EXTERNAL_REF, lead.externalRef()), lead.id());
                announceReference(lead);
            }
            if (phone != null) {
                freshNames.put(new Named(ws, Name.PHONE, phone), lead.id());
            }
            if (email != null) {
                freshNames.put(new Named(ws, Name.EMAIL, plainEmail(email)), lead.id());
            }
        }

        /** Adds an entry to a lead's timeline. */
        public void note(Lead lead, String kind, @Nullable String status, @Nullable String detail, Instant at) {
            timeline.add(
                    new Entry(lead.workspaceId(), lead.id(), new LeadEvent(ids.next("ev"), at, kind, status, detail)));
        }

        /** The ids of leads that were merged into this one. */
        public List<String> aliases(Lead lead) {
            return LeadAliases.of(tx, lead.workspaceId(), lead.id());
        }

        /**
         * {@code from} is the same person as {@code joined}: its timeline, messages and identities go there, and its
         * id, code and reference lead there.
         *
         * @param joined the lead that stays, with what both knew
         */
        public void merge(Lead from, Lead joined) {
            int ws = from.workspaceId();
            tx.sql()
                    .update(LEAD_EVENT)
                    .set(LEAD_EVENT.LEAD_ID, joined.id())
                    .where(LEAD_EVENT.WORKSPACE_ID.eq(ws), LEAD_EVENT.LEAD_ID.eq(from.id()))
                    .execute();
            remove(from);
            aliases.add(tx, from, joined.id());
            messages.in(tx).move(ws, from.id(), joined.id());
            identities.in(tx).move(ws, from.id(), joined.id());
            String phone = from.person().phoneE164();
            if (phone != null && !phone.equals(joined.person().phoneE164())) {
                var identity = LeadIdentities.Identity.phone(phone);
                if (identities.in(tx).leadOf(ws, identity) == null) {
                    identities.in(tx).bind(ws, identity, joined.id());
                }
            }
            put(joined);
        }

        /** Adds what a person answered in a form to their timeline, sealed. @param said null adds nothing */
        public void noteAnswers(Lead lead, @Nullable String said, Instant at) {
            if (said != null) {
                timeline.add(new Entry(lead.workspaceId(), lead.id(), answers.sealed(ids.next("ev"), at, said)));
            }
        }

        /** Removes the lead, its timeline, messages, identities and search words. */
        public void erase(Lead lead) {
            int ws = lead.workspaceId();
            remove(lead);
            tx.sql()
                    .deleteFrom(LEAD_EVENT)
                    .where(LEAD_EVENT.WORKSPACE_ID.eq(ws), LEAD_EVENT.LEAD_ID.eq(lead.id()))
                    .execute();
            messages.in(tx).erase(ws, lead.id());
            identities.in(tx).erase(lead);
            LeadAliases.erase(tx, ws, lead.id());
        }

        private void remove(Lead lead) {
            var sql = tx.sql();
            known.put(new Key(lead.workspaceId(), lead.id()), null);
            sql.deleteFrom(LEAD)
                    .where(LEAD.WORKSPACE_ID.eq(lead.workspaceId()), LEAD.ID.eq(lead.id()))
                    .execute();
            sql.deleteFrom(LEAD_SEARCH)
                    .where(LEAD_SEARCH.WORKSPACE_ID.eq(lead.workspaceId()), LEAD_SEARCH.LEAD_ID.eq(lead.id()))
                    .execute();
        }

        @Override
        public void flush() throws SQLException {
            insertFresh();
            updateChanged();
            index();
            insertTimeline();
            freshNames.clear();
            renamed = false;
        }

        private void insertFresh() throws SQLException {
            if (fresh.isEmpty()) {
                return;
            }
            PreparedStatement p = tx.prepared("""
                    insert into lead (status, status_at, priority, source, assigned_to, agent_number, external_ref, person,
                      phone_key, email_key, estimated_value, actual_value, currency, updated_at, taken_over,
                      workspace_id, id, visitor_no, created_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
            for (Key key : fresh) {
                Lead lead = known.get(key);
                if (lead != null) {
                    bind(p, lead);
                    p.setLong(18, lead.visitorNo());
                    p.setLong(19, lead.createdAt().toEpochMilli());
                    p.addBatch();
                }
            }
            p.executeBatch();
            fresh.clear();
        }

        private void updateChanged() throws SQLException {
            if (changed.isEmpty()) {
                return;
            }
            PreparedStatement p = tx.prepared("""
                    update lead set status = ?, status_at = ?, priority = ?, source = ?, assigned_to = ?, agent_number = ?,
                      external_ref = ?, person = ?, phone_key = ?, email_key = ?, estimated_value = ?, actual_value = ?,
                      currency = ?, updated_at = ?, taken_over = ?
                    where workspace_id = ? and id = ?""");
            for (Key key : changed) {
                Lead lead = known.get(key);
                if (lead != null) {
                    bind(p, lead);
                    p.addBatch();
                }
            }
            p.executeBatch();
            changed.clear();
        }

        private void bind(PreparedStatement p, Lead lead) throws SQLException {
            Person person = lead.person();
            p.setString(1, lead.status());
            p.setLong(2, lead.statusAt().toEpochMilli());
            p.setString(3, lead.details().priority());
            p.setString(4, lead.details().source());
            p.setString(5, lead.details().assignedTo());
            p.setString(6, lead.details().agentNumber());
            p.setString(7, lead.externalRef());
            p.setBytes(8, rows.sealed(lead));
            setLong(p, 9, person.phoneE164() == null ? null : (Long) phoneKey(person.phoneE164()));
            setLong(p, 10, person.email() == null ? null : (Long) emailKey(person.email()));
            p.setString(11, plain(lead.estimatedValue()));
            p.setString(12, plain(lead.actualValue()));
            p.setString(13, lead.currency());
            p.setLong(14, lead.updatedAt().toEpochMilli());
            p.setString(15, LeadRows.joined(lead.takenOver()));
            p.setInt(16, lead.workspaceId());
            p.setString(17, lead.id());
        }

        private void index() throws SQLException {
            for (Key key : reindex) {
                Lead lead = known.get(key);
                if (lead != null) {
                    searchRows.put(lead, search.of(lead), indexedBefore.contains(key));
                }
            }
            searchRows.write(tx);
            reindex.clear();
            indexedBefore.clear();
        }

        private void insertTimeline() throws SQLException {
            if (timeline.isEmpty()) {
                return;
            }
            PreparedStatement p = tx.prepared(
                    "insert into lead_event (workspace_id, lead_id, id, at, kind, status, doc) values (?, ?, ?, ?, ?, ?, ?)");
            for (Entry e : timeline) {
                p.setInt(1, e.workspaceId);
                p.setString(2, e.leadId);
                p.setString(3, e.event.id());
                p.setLong(4, e.event.at().toEpochMilli());
                p.setString(5, e.event.kind());
                p.setString(6, e.event.status());
                p.setString(7, e.event.detail());
                p.addBatch();
            }
            p.executeBatch();
            timeline.clear();
        }

        private static @Nullable String plain(@Nullable BigDecimal d) {
            return d == null ? null : d.toPlainString();
        }

        private static void setLong(PreparedStatement p, int i, @Nullable Long value) throws SQLException {
            if (value == null) {
                p.setNull(i, Types.BIGINT);
            } else {
                p.setLong(i, value);
            }
        }
    }
}
