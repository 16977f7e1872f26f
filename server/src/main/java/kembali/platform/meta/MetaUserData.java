package kembali.platform.meta;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import kembali.platform.JsonText;
import org.jspecify.annotations.Nullable;

/** {@code user_data} while it is written: its JSON, the names of its keys, and whether they identify anybody. */
final class MetaUserData {
    /** The keys we send, as Meta spells them. */
    enum MatchKey {
        EM("em"),
        PH("ph"),
        FN("fn"),
        LN("ln"),
        GE("ge"),
        DB("db"),
        CT("ct"),
        ST("st"),
        ZP("zp"),
        COUNTRY("country"),
        EXTERNAL_ID("external_id"),
        CLIENT_IP_ADDRESS("client_ip_address"),
        CLIENT_USER_AGENT("client_user_agent"),
        FBC("fbc"),
        FBP("fbp"),
        LEAD_ID("lead_id"),
        CTWA_CLID("ctwa_clid");

        private final String wire;

        MatchKey(String wire) {
            this.wire = wire;
        }
    }

    /** Since Graph v13 an event with only keys of one of these sets is refused, and its whole request with it. */
    private static final List<Set<MatchKey>> TOO_BROAD = List.of(
            EnumSet.of(
                    MatchKey.CT, MatchKey.COUNTRY, MatchKey.ST, MatchKey.ZP, MatchKey.GE, MatchKey.CLIENT_USER_AGENT),
            EnumSet.of(MatchKey.DB, MatchKey.CLIENT_USER_AGENT),
            EnumSet.of(MatchKey.FN, MatchKey.GE),
            EnumSet.of(MatchKey.LN, MatchKey.GE));

    private final StringBuilder json = new StringBuilder(768);
    private final List<String> keys = new ArrayList<>(16);
    private final Set<MatchKey> counted = EnumSet.noneOf(MatchKey.class);

    /** A hash, as a list of one. */
    void hash(MatchKey key, @Nullable String hash) {
        if (hash != null) {
            begin(key).append("[\"").append(hash).append("\"]");
            counted.add(key);
        }
    }

    /** A hash of what nobody gave and we only suppose: it may help to match, and makes no event that could not go without. */
    void hint(MatchKey key, @Nullable String hash) {
        if (hash != null) {
            begin(key).append("[\"").append(hash).append("\"]");
        }
    }

    /**
     * Our own id of the person and the caller's. Ours is always sent, but it alone can match nobody, so only the
     * caller's counts.
     */
    void externalIds(@Nullable String own, @Nullable String callers) {
        if (callers != null) {
            counted.add(MatchKey.EXTERNAL_ID);
        }
        if (own == null || own.equals(callers)) {
            hash(MatchKey.EXTERNAL_ID, callers);
            return;
        }
        StringBuilder out = begin(MatchKey.EXTERNAL_ID).append("[\"").append(own);
        if (callers != null) {
            out.append("\",\"").append(callers);
        }
        out.append("\"]");
    }

    /** A value in clear. */
    void plain(MatchKey key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            JsonText.string(begin(key), value);
            counted.add(key);
        }
    }

    void number(MatchKey key, long value) {
        begin(key).append(value);
        counted.add(key);
    }

    /** The account or page that owns the chat: it names the business and not the person, so it is no match key. */
    void owner(String key, String id) {
        JsonText.string(begin(key), id);
    }

    /** Meta's rule of who can be matched at all. */
    boolean identifies() {
        if (counted.isEmpty()) {
            return false;
        }
        for (Set<MatchKey> set : TOO_BROAD) {
            if (set.containsAll(counted)) {
                return false;
            }
        }
        return true;
    }

    List<String> keys() {
        return keys;
    }

    /** The object, braces included. */
    void writeTo(StringBuilder out) {
        out.append('{').append(json).append('}');
    }

    private StringBuilder begin(MatchKey key) {
        keys.add(key.wire);
        return begin(key.wire);
    }

    private StringBuilder begin(String wire) {
        if (!json.isEmpty()) {
            json.append(',');
        }
        return json.append('"').append(wire).append("\":");
    }
}
