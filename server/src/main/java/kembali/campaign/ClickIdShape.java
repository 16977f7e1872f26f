package kembali.campaign;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import kembali.visitor.ClickParameter;

/**
 * Whether a value can be a click id of its kind. A stranger form is kept and sent all the same, because platforms change
 * theirs without notice; it is only shown.
 */
public final class ClickIdShape {
    private static final Map<String, Pattern> KNOWN = Map.of(
            "fbclid", Pattern.compile("[A-Za-z0-9_-]{10,1024}"),
            "gclid", Pattern.compile("[A-Za-z0-9_-]{10,512}"),
            "gbraid", Pattern.compile("[A-Za-z0-9_-]{10,512}"),
            "wbraid", Pattern.compile("[A-Za-z0-9_-]{10,512}"),
            "ttclid", Pattern.compile("E[._]C[._]P[._].+"),
            "ctwa_clid", Pattern.compile("[A-Za-z0-9_-]{60,}"));

    private ClickIdShape() {}

    /**
     * Whether the value looks like an id of that kind.
     *
     * @param name the click id's name, case ignored; of one we know nothing about every value is plausible
     */
    public static boolean isPlausible(String name, String value) {
        if (value.isBlank() || value.length() > ClickParameter.MAX_LENGTH) {
            return false;
        }
        Pattern known = KNOWN.get(name.toLowerCase(Locale.ROOT));
        if (known != null) {
            return known.matcher(value).matches();
        }
        for (ClickParameter parameter : ClickParameter.ALL) {
            if (parameter.name().equalsIgnoreCase(name)) {
                return !parameter.isSuspicious(value);
            }
        }
        return true;
    }
}
