package kembali.identity;

import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a person's identity, readable, as people typed it. Each platform normalises and
 * hashes it by its own rules; a part that cannot be used for matching is left out there.
 *
 * @param name full name as given; null while only the automatic name exists
 * @param email as given
 * @param phone as given
 * @param phoneE164 {@code +} and digits when {@code phone} is a number that can exist, else null
 * @param country ISO 3166-1 alpha-2, upper case
 * @param birthDate calendar date of birth
 * @param gender {@code m} or {@code f}; null when unknown or anything else
 */
public record Person(
        @Nullable String name,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String phoneE164,
        @Nullable String city,
        @Nullable String state,
        @Nullable String postalCode,
        @Nullable String country,
        @Nullable String gender,
        @Nullable LocalDate birthDate,
        @Nullable String company,
        @Nullable String title) {
    public static final Person UNKNOWN =
            new Person(null, null, null, null, null, null, null, null, null, null, null, null);

    /** The first word of the name, or null. */
    public @Nullable String firstName() {
        String n = name == null ? "" : name.strip();
        if (n.isEmpty()) {
            return null;
        }
        int space = firstBlank(n);
        return space < 0 ? n : n.substring(0, space);
    }

    /** All words of the name after the first, or null when there is only one. */
    public @Nullable String lastName() {
        String n = name == null ? "" : name.strip();
        int space = firstBlank(n);
        return space < 0 ? null : n.substring(space).strip();
    }

    /** This person, with name, e-mail and phone of the other where nothing is known. */
    public Person filledInBy(Person other) {
        return new Person(
                name == null ? other.name : name,
                email == null ? other.email : email,
                phone == null ? other.phone : phone,
                phone == null ? other.phoneE164 : phoneE164,
                city,
                state,
                postalCode,
                country,
                gender,
                birthDate,
                company,
                title);
    }

    public boolean isUnknown() {
        return Objects.equals(this, UNKNOWN);
    }

    private static int firstBlank(String s) {
        for (int i = 0; i < s.length(); i++) {
            if (Character.isWhitespace(s.charAt(i))) {
                return i;
            }
        }
        return -1;
    }
}
