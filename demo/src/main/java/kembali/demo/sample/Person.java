package kembali.demo.sample;

import org.jspecify.annotations.Nullable;

/**
 * What CS writes down of somebody; null where nobody asked.
 *
 * @param phone as typed
 * @param phoneDigits what {@code phone} means: international digits without {@code +}; null when it is no number
 */
public record Person(
        @Nullable String name,
        @Nullable String phone,
        @Nullable String phoneDigits,
        @Nullable String email,
        @Nullable String city,
        @Nullable String postalCode) {
    /** Somebody of whom nothing is written down. */
    public static final Person UNKNOWN = new Person(null, null, null, null, null, null);

    /** The first word of the name. */
    public @Nullable String firstName() {
        return name == null ? null : name.split(" ", 2)[0];
    }

    /** The rest of the name; null for people with one name, as many Indonesians are. */
    public @Nullable String lastName() {
        return name == null || name.indexOf(' ') < 0 ? null : name.split(" ", 2)[1];
    }

    Person withPhone(String otherSpelling) {
        return new Person(name, otherSpelling, phoneDigits, email, city, postalCode);
    }

    Person only(boolean withPhone, boolean withEmail) {
        return new Person(
                name,
                withPhone ? phone : null,
                withPhone ? phoneDigits : null,
                withEmail ? email : null,
                city,
                postalCode);
    }

    /** What a WhatsApp message shows: the number in its international form, and the name of the profile. */
    Person onWhatsApp() {
        return new Person(name, "+" + phoneDigits, phoneDigits, null, null, null);
    }

    /** What the shop's form asks for. */
    Person inForm() {
        return new Person(name, phone, phoneDigits, email, city, null);
    }

    Person numberOnly() {
        return new Person(null, phone, phoneDigits, null, null, null);
    }

    /** The same, with what {@code more} says besides or otherwise. */
    public Person with(Person more) {
        return new Person(
                more.name != null ? more.name : name,
                more.phone != null ? more.phone : phone,
                more.phone != null ? more.phoneDigits : phoneDigits,
                more.email != null ? more.email : email,
                more.city != null ? more.city : city,
                more.postalCode != null ? more.postalCode : postalCode);
    }
}
