package kembali.capture.rotator.form;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a field of a form says about the person, told by its key as people name such fields. */
public enum Meaning {
    NAME("name", "nama", "namalengkap", "fullname", "yourname"),
    FIRST_NAME("firstname", "namadepan"),
    LAST_NAME("lastname", "namabelakang"),
    EMAIL("email", "surel", "youremail"),
    PHONE(
            "phone",
            "phonenumber",
            "nohp",
            "hp",
            "nomorhp",
            "nowa",
            "nomorwa",
            "nowhatsapp",
            "whatsapp",
            "wa",
            "telepon",
            "telp",
            "tel",
            "notelp",
            "mobile",
            "handphone",
            "yourphone"),
    CITY("city", "kota", "domisili"),
    /** The advertiser's own question. */
    OWN();

    private static final Map<String, Meaning> BY_NAME = new HashMap<>();

    static {
        for (Meaning m : values()) {
            m.names.forEach(n -> BY_NAME.put(n, m));
        }
    }

    private final List<String> names;

    Meaning(String... names) {
        this.names = List.of(names);
    }

    /** The meaning of a key; case, dashes and underscores do not matter. */
    public static Meaning of(String key) {
        String plain = key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return BY_NAME.getOrDefault(plain, OWN);
    }

    /** Whether the person is told apart or reached by it, so that a form may ask for it once only. */
    public boolean isOnce() {
        return this != OWN;
    }
}
