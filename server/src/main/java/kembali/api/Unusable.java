package kembali.api;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import kembali.identity.Person;
import kembali.support.FieldError;

/** Which identifiers of a person are stored as given although no platform can match anybody by them. */
final class Unusable {
    private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@.]+(\\.[^\\s@.]+)+");

    private Unusable() {}

    static List<FieldError> of(Person p) {
        var found = new ArrayList<FieldError>();
        if (p.email() != null
                && (!EMAIL.matcher(p.email().strip()).matches() || p.email().contains(".."))) {
            found.add(new FieldError("email", "is no address of the form name@example.com; it is left out of events"));
        }
        if (p.phone() != null && p.phoneE164() == null) {
            found.add(
                    new FieldError(
                            "phone",
                            "is no number that exists in the lead's country; write it as +628123456789; it is left out of events"));
        }
        if (p.name() != null && p.name().codePoints().noneMatch(Character::isLetter)) {
            found.add(new FieldError("name", "holds no letter; it is left out of events"));
        }
        return found;
    }
}
