package kembali.intake;

import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import kembali.identity.Person;
import kembali.identity.PhoneNumbers;
import kembali.lead.LeadDetails;
import kembali.postback.Contact;
import kembali.postback.Postback;
import org.jspecify.annotations.Nullable;

/**
 * What a postback says of the person, put where a lead says nothing yet. A hashed e-mail address or phone number is kept
 * as the hash: platforms are sent it as it is. A hash of anything else is left out: every platform hashes names and places
 * in a form of its own, and some want them readable.
 */
final class PostbackPerson {
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_PLACE = 100;
    private static final int LONGEST_REFERENCE = 150;

    private final Contact contact;
    private final String home;

    /** @param home ISO 3166-1 alpha-2 whose local numbers may come when the postback names no country */
    PostbackPerson(Postback postback, String home) {
        this.contact = postback.contact();
        this.home = home;
    }

    /** The details with what they lacked. @param free whether a reference is nobody's yet */
    LeadDetails into(LeadDetails had, Predicate<String> free) {
        if (contact.isEmpty()) {
            return had;
        }
        LeadDetails learned = had.withPerson(into(had.person()));
        String ref = had.externalRef() == null ? readable(contact.externalId(), LONGEST_REFERENCE) : null;
        return ref == null || !free.test(ref) ? learned : learned.withExternalRef(ref);
    }

    private Person into(Person p) {
        Contact.Part phone = p.phone() == null ? contact.phone() : null;
        String country = country();
        PhoneNumbers.Phone number = phone == null || phone.hashed()
                ? null
                : PhoneNumbers.fromPerson(phone.text(), country == null ? home : country);
        Contact.Part email = contact.email();
        return new Person(
                first(p.name(), name()),
                first(p.email(), email == null ? null : email.text()),
                phone == null ? p.phone() : phone.text(),
                phone == null ? p.phoneE164() : number == null ? null : number.e164(),
                first(p.city(), readable(contact.city(), LONGEST_PLACE)),
                first(p.state(), readable(contact.state(), LONGEST_PLACE)),
                first(p.postalCode(), readable(contact.zip(), LONGEST_PLACE)),
                first(p.country(), country),
                p.gender(),
                p.birthDate(),
                p.company(),
                p.title());
    }

    private @Nullable String name() {
        String first = readable(contact.firstName(), LONGEST_NAME);
        String last = readable(contact.lastName(), LONGEST_NAME);
        return first == null ? last : last == null ? first : first + " " + last;
    }

    private @Nullable String country() {
        String code = readable(contact.country(), 2);
        String upper = code == null ? "" : code.toUpperCase(Locale.ROOT);
        return COUNTRIES.contains(upper) ? upper : null;
    }

    private static @Nullable String readable(Contact.@Nullable Part part, int longest) {
        return part == null
                        || part.hashed()
                        || part.text().isBlank()
                        || part.text().length() > longest
                ? null
                : part.text();
    }

    private static @Nullable String first(@Nullable String had, @Nullable String said) {
        return had == null ? said : had;
    }
}
