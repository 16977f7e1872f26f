package kembali.lead;

import static kembali.store.schema.Tables.LEAD;
import static kembali.store.schema.Tables.LEAD_ALIAS;
import static kembali.store.schema.Tables.LEAD_IDENTITY;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import kembali.lead.LeadIdentities.Identity;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Finds many leads at once, each by the first of its names that somebody bears: as a command would, without one. */
public final class LeadLookup {
    /**
     * What a lead is looked for by, the first counting first.
     *
     * @param phone E.164
     */
    public record Wanted(
            @Nullable String id,
            @Nullable Long visitorNo,
            @Nullable String externalRef,
            @Nullable String phone,
            @Nullable String email) {}

    private final Leads leads;
    private final DSLContext sql;
    private final int workspaceId;

    private LeadLookup(Leads leads, DSLContext sql, int workspaceId) {
        this.leads = leads;
        this.sql = sql;
        this.workspaceId = workspaceId;
    }

    /** The lead of each, in the order asked; null for those nobody is. */
    public static List<@Nullable Lead> find(DSLContext sql, Leads leads, int workspaceId, List<Wanted> wanted) {
        return new LeadLookup(leads, sql, workspaceId).find(wanted);
    }

    private List<@Nullable Lead> find(List<Wanted> wanted) {
        Map<String, String> byId = byId(all(wanted, Wanted::id));
        Map<String, String> byRef = byReference(all(wanted, Wanted::externalRef));
        Map<String, String> byPhone = byPhone(all(wanted, Wanted::phone));
        Map<String, String> byEmail = byKey(LEAD.EMAIL_KEY, all(wanted, Wanted::email), leads::emailKey);
        var ids = new ArrayList<@Nullable String>(wanted.size());
        for (Wanted w : wanted) {
            String id = of(byId, w.id());
            if (id == null && w.visitorNo() != null) {
                Lead lead = leads.findByVisitor(sql, workspaceId, w.visitorNo());
                id = lead == null ? null : lead.id();
            }
            id = id != null ? id : of(byRef, w.externalRef());
            id = id != null ? id : of(byPhone, w.phone());
            ids.add(id != null ? id : of(byEmail, w.email()));
        }
        Map<String, Lead> found = load(ids);
        return new ArrayList<>(
                ids.stream().map(id -> id == null ? null : found.get(id)).toList());
    }

    private Map<String, Lead> load(List<@Nullable String> ids) {
        var distinct = new HashSet<String>();
        ids.stream().filter(Objects::nonNull).forEach(distinct::add);
        var found = new HashMap<String, Lead>();
        if (!distinct.isEmpty()) {
            leads.list(sql, workspaceId, LEAD.ID.in(distinct), distinct.size()).forEach(l -> found.put(l.id(), l));
        }
        return found;
    }

    private static @Nullable String of(Map<String, String> ids, @Nullable String name) {
        return name == null ? null : ids.get(name);
    }

    private static Set<String> all(List<Wanted> wanted, Function<Wanted, @Nullable String> name) {
        var all = new HashSet<String>();
        for (Wanted w : wanted) {
            String n = name.apply(w);
            if (n != null) {
                all.add(n);
            }
        }
        return all;
    }

    private Map<String, String> byId(Collection<String> ids) {
        var found = new HashMap<String, String>();
        if (!ids.isEmpty()) {
            sql.select(LEAD_ALIAS.ALIAS_ID, LEAD_ALIAS.LEAD_ID)
                    .from(LEAD_ALIAS)
                    .where(LEAD_ALIAS.WORKSPACE_ID.eq(workspaceId), LEAD_ALIAS.ALIAS_ID.in(ids))
                    .forEach(r -> found.put(r.value1(), r.value2()));
            sql.select(LEAD.ID)
                    .from(LEAD)
                    .where(LEAD.WORKSPACE_ID.eq(workspaceId), LEAD.ID.in(ids))
                    .forEach(r -> found.put(r.value1(), r.value1()));
        }
        return found;
    }

    private Map<String, String> byReference(Collection<String> refs) {
        var found = new HashMap<String, String>();
        if (!refs.isEmpty()) {
            sql.select(LEAD_ALIAS.EXTERNAL_REF, LEAD_ALIAS.LEAD_ID)
                    .from(LEAD_ALIAS)
                    .where(LEAD_ALIAS.WORKSPACE_ID.eq(workspaceId), LEAD_ALIAS.EXTERNAL_REF.in(refs))
                    .forEach(r -> found.put(r.value1(), r.value2()));
            sql.select(LEAD.EXTERNAL_REF, LEAD.ID)
                    .from(LEAD)
                    .where(LEAD.WORKSPACE_ID.eq(workspaceId), LEAD.EXTERNAL_REF.in(refs))
                    .forEach(r -> found.put(r.value1(), r.value2()));
        }
        return found;
    }

    private Map<String, String> byPhone(Collection<String> numbers) {
        var identities = leads.identities();
        var keys = new HashMap<Long, String>();
        numbers.forEach(n -> keys.put(identities.key(Identity.phone(n)), n));
        var found = new HashMap<String, String>();
        if (!keys.isEmpty()) {
            sql.select(LEAD_IDENTITY.IDENTITY_KEY, LEAD_IDENTITY.LEAD_ID)
                    .from(LEAD_IDENTITY)
                    .where(
                            LEAD_IDENTITY.WORKSPACE_ID.eq(workspaceId),
                            LEAD_IDENTITY.IDENTITY_KEY.in(keys.keySet()),
                            LEAD_IDENTITY.LEAD_ID.isNotNull())
                    .forEach(r -> found.put(Objects.requireNonNull(keys.get(r.value1())), r.value2()));
        }
        found.putAll(byKey(LEAD.PHONE_KEY, numbers, leads::phoneKey));
        return found;
    }

    /** The newest bearer of each name. */
    private Map<String, String> byKey(Field<Long> column, Collection<String> names, Function<String, Long> keyOf) {
        var keys = new HashMap<Long, List<String>>();
        names.forEach(n ->
                keys.computeIfAbsent(keyOf.apply(n), k -> new ArrayList<>(1)).add(n));
        var found = new HashMap<String, String>();
        if (!keys.isEmpty()) {
            sql.select(column, DSL.max(LEAD.ID))
                    .from(LEAD)
                    .where(LEAD.WORKSPACE_ID.eq(workspaceId), column.in(keys.keySet()))
                    .groupBy(column)
                    .forEach(r -> keys.getOrDefault(r.value1(), List.of()).forEach(n -> found.put(n, r.value2())));
        }
        return found;
    }
}
