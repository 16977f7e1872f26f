package kembali.inbound;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kembali.inbound.form.AnyForm;
import kembali.inbound.form.GoogleLeads;
import kembali.inbound.form.MetaLeads;
import kembali.inbound.form.Tally;
import kembali.inbound.form.Typeform;
import kembali.inbound.whatsapp.ChatKinds;
import kembali.platform.Endpoints;
import org.jspecify.annotations.Nullable;

/** The kinds of sources there are, by their keys. */
public final class Kinds {
    private final Map<String, Kind> byKey = new TreeMap<>();

    /** @throws IllegalArgumentException when two have one key */
    public Kinds(List<? extends Kind> kinds) {
        for (Kind k : kinds) {
            if (byKey.put(k.key(), k) != null) {
                throw new IllegalArgumentException("two kinds of sources are called " + k.key());
            }
        }
    }

    /** Every kind of this version. */
    public static Kinds all(Endpoints endpoints) {
        return new Kinds(registered(endpoints));
    }

    /** One line for each kind; {@code endpoints} is for those that fetch. */
    private static List<Kind> registered(Endpoints endpoints) {
        var kinds = new ArrayList<>(ChatKinds.all());
        kinds.add(new MetaLeads(endpoints));
        kinds.add(new GoogleLeads());
        kinds.add(new Typeform());
        kinds.add(new Tally());
        kinds.add(new AnyForm());
        return kinds;
    }

    /** The kind of that key, or null. */
    public @Nullable Kind find(String key) {
        return byKey.get(key);
    }

    /** All kinds, in the order of their keys. */
    public List<Kind> all() {
        return List.copyOf(byKey.values());
    }
}
