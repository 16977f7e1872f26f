package kembali.account;

import static kembali.store.schema.Tables.LINK_DOMAIN;

import java.net.IDN;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import kembali.store.Revision;
import kembali.store.Tx;
import kembali.support.FieldError;
import kembali.support.Refusal;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The hosts, besides the server's own, that answer a workspace's links. A host belongs to one
 * workspace: the table's key refuses a second one, whatever the node.
 */
public final class LinkDomains implements Revision.Reloadable {
    private static final int LONGEST = 253;
    private static final Pattern HOST =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+(?=[a-z0-9-]*[a-z])[a-z0-9-]{2,63}");

    /**
     * Whose a host is.
     *
     * @param everyLink true: it answers all links of the workspace; false: only links that name it
     */
    public record Claim(int workspaceId, boolean everyLink) {}

    /** Links that may name hosts of their own. */
    @FunctionalInterface
    public interface Namer {
        /** The hosts a workspace's links name. @param exceptId a link that does not count; null counts all */
        Collection<String> named(int workspaceId, @Nullable String exceptId);
    }

    private final List<Namer> namers = new CopyOnWriteArrayList<>();
    private volatile Map<String, Claim> claims = Map.of();

    public LinkDomains(Revision revision) {
        revision.register(this);
    }

    /** Makes known links that name hosts: those stay theirs. */
    public void namedBy(Namer namer) {
        namers.add(namer);
    }

    private Set<String> named(int workspaceId, @Nullable String exceptId) {
        var named = new HashSet<String>();
        namers.forEach(n -> named.addAll(n.named(workspaceId, exceptId)));
        return named;
    }

    /** Whose host that is; null for the server's own and for any other. @param host lower case, without port */
    public @Nullable Claim of(String host) {
        return claims.get(host);
    }

    /** True when any host is claimed at all. */
    public boolean isUsed() {
        return !claims.isEmpty();
    }

    /** The hosts that answer all links of a workspace, in the order they were named. */
    public List<String> of(int workspaceId) {
        return claims.entrySet().stream()
                .filter(e -> e.getValue().everyLink && e.getValue().workspaceId == workspaceId)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The host name as it is compared: lower case, ASCII, without a final dot; null when it is none. */
    public static @Nullable String normalised(String written) {
        String host = written.strip().toLowerCase(Locale.ROOT);
        host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        try {
            host = IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return null;
        }
        return host.length() <= LONGEST && HOST.matcher(host).matches() ? host : null;
    }

    /** Makes these hosts, and no others, answer all links of a workspace. Refuses before it changes anything. */
    public void replace(Tx tx, int workspaceId, List<String> domains) {
        refuseForeign(tx.sql(), workspaceId, "linkDomains", domains);
        Set<String> named = named(workspaceId, null);
        List<String> before = tx.sql()
                .select(LINK_DOMAIN.DOMAIN)
                .from(LINK_DOMAIN)
                .where(LINK_DOMAIN.WORKSPACE_ID.eq(workspaceId), LINK_DOMAIN.EVERY_LINK.isTrue())
                .fetch(LINK_DOMAIN.DOMAIN);
        for (String old : before) {
            if (!domains.contains(old)) {
                if (named.contains(old)) {
                    put(tx, workspaceId, old, false, 0);
                } else {
                    remove(tx, workspaceId, List.of(old));
                }
            }
        }
        for (int i = 0; i < domains.size(); i++) {
            put(tx, workspaceId, domains.get(i), true, i);
        }
    }

    /**
     * Claims hosts for a link that names them, and gives up those it named before and nothing else names. Refuses before
     * it changes anything.
     *
     * @param field the field that names them, or the list of them
     */
    public void rename(Tx tx, int workspaceId, String linkId, String field, List<String> before, List<String> domains) {
        if (!domains.isEmpty()) {
            claim(tx, workspaceId, field, domains);
        }
        var free = new HashSet<>(before);
        free.removeAll(Set.copyOf(domains));
        free.removeAll(named(workspaceId, linkId));
        free.removeAll(new HashSet<>(of(workspaceId)));
        remove(tx, workspaceId, free);
    }

    private static void claim(Tx tx, int workspaceId, String field, List<String> domains) {
        refuseForeign(tx.sql(), workspaceId, field, domains);
        for (String domain : domains) {
            tx.sql()
                    .insertInto(LINK_DOMAIN)
                    .set(LINK_DOMAIN.DOMAIN, domain)
                    .set(LINK_DOMAIN.WORKSPACE_ID, workspaceId)
                    .set(LINK_DOMAIN.EVERY_LINK, false)
                    .set(LINK_DOMAIN.POSITION, 0)
                    .set(LINK_DOMAIN.CREATED_AT, tx.now().toEpochMilli())
                    .onConflictDoNothing()
                    .execute();
        }
    }

    private static void put(Tx tx, int workspaceId, String domain, boolean everyLink, int position) {
        tx.sql()
                .insertInto(LINK_DOMAIN)
                .set(LINK_DOMAIN.DOMAIN, domain)
                .set(LINK_DOMAIN.WORKSPACE_ID, workspaceId)
                .set(LINK_DOMAIN.EVERY_LINK, everyLink)
                .set(LINK_DOMAIN.POSITION, position)
                .set(LINK_DOMAIN.CREATED_AT, tx.now().toEpochMilli())
                .onConflict(LINK_DOMAIN.DOMAIN)
                .doUpdate()
                .set(LINK_DOMAIN.EVERY_LINK, everyLink)
                .set(LINK_DOMAIN.POSITION, position)
                .where(LINK_DOMAIN.WORKSPACE_ID.eq(workspaceId))
                .execute();
    }

    private static void remove(Tx tx, int workspaceId, Collection<String> domains) {
        if (!domains.isEmpty()) {
            tx.sql()
                    .deleteFrom(LINK_DOMAIN)
                    .where(LINK_DOMAIN.WORKSPACE_ID.eq(workspaceId), LINK_DOMAIN.DOMAIN.in(domains))
                    .execute();
        }
    }

    private static void refuseForeign(DSLContext sql, int workspaceId, String field, List<String> domains) {
        var owners = new HashMap<String, Integer>();
        sql.select(LINK_DOMAIN.DOMAIN, LINK_DOMAIN.WORKSPACE_ID)
                .from(LINK_DOMAIN)
                .where(LINK_DOMAIN.DOMAIN.in(domains))
                .forEach(r -> owners.put(r.value1(), r.value2()));
        var errors = new ArrayList<FieldError>();
        for (int i = 0; i < domains.size(); i++) {
            Integer owner = owners.get(domains.get(i));
            if (owner != null && owner != workspaceId) {
                errors.add(new FieldError(
                        field.equals("domain") ? field : field + "[" + i + "]",
                        "belongs to another workspace already; use a host of your own"));
            }
        }
        if (!errors.isEmpty()) {
            throw new Refusal(Refusal.Kind.CONFLICT, "A host of links belongs to one workspace.", errors);
        }
    }

    @Override
    public void reload(DSLContext sql) {
        var all = new LinkedHashMap<String, Claim>();
        sql.selectFrom(LINK_DOMAIN)
                .orderBy(LINK_DOMAIN.POSITION, LINK_DOMAIN.DOMAIN)
                .forEach(r -> all.put(r.getDomain(), new Claim(r.getWorkspaceId(), r.getEveryLink())));
        claims = all;
    }
}
