package kembali.platform.linkedin;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kembali.identity.ClickIds;
import kembali.identity.Person;
import kembali.platform.ConversionEvent;
import kembali.platform.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * {@code user}: everything by which LinkedIn may recognise a person.
 *
 * @param email hash
 * @param clickId {@code li_fat_id}, verbatim
 * @param ip public IPv4 in clear; LinkedIn hashes it
 * @param firstName in clear, or hashed when {@code namesHashed}; null when the last name is missing
 * @param lead URN of a lead form's answer
 * @param externalId our own id of the person, opaque. Sent on every event: once it has travelled with another
 *     identifier that matched, LinkedIn knows the person by it for a year. Alone and new it identifies nobody
 */
record LinkedInUser(
        @Nullable String email,
        @Nullable String clickId,
        @Nullable String ip,
        @Nullable String firstName,
        @Nullable String lastName,
        boolean namesHashed,
        @Nullable String title,
        @Nullable String company,
        @Nullable String country,
        @Nullable String lead,
        String externalId) {

    private static final String EMAIL = "SHA256_EMAIL";
    private static final String CLICK_ID = "LINKEDIN_FIRST_PARTY_ADS_TRACKING_UUID";
    private static final String IP = "PLAINTEXT_IP_ADDRESS";
    private static final String LEAD = "lead";
    private static final String FIRST_NAME = "firstName";
    private static final String FIRST_NAME_HASHED = "hashedFirstName";

    /** The name a lead has until somebody gives it one. */
    private static final String AUTOMATIC_NAME = "Visitor [";

    static LinkedInUser of(ConversionEvent event, boolean hashNames) {
        Person person = event.person();
        String name = person.name();
        boolean named = name != null && !name.strip().startsWith(AUTOMATIC_NAME);
        String first = named ? name(person.firstName(), hashNames) : null;
        String last = named ? name(person.lastName(), hashNames) : null;
        // Half a name is refused, and the event with it; so is anything else of userInfo without a whole name.
        boolean whole = first != null && last != null;
        return new LinkedInUser(
                LinkedInIdentity.emailHash(person.email()),
                LinkedInIdentity.clickId(event.clicks().value(ClickIds.LI_FAT_ID)),
                LinkedInIdentity.publicIpv4(event.web().ip()),
                whole ? first : null,
                whole ? last : null,
                hashNames,
                whole ? LinkedInIdentity.words(person.title()) : null,
                whole ? LinkedInIdentity.words(person.company()) : null,
                whole ? LinkedInIdentity.country(person.country()) : null,
                LinkedInIdentity.leadUrn(event.clicks().value(ClickIds.LINKEDIN_LEAD_ID)),
                event.leadId() == null || event.leadId().isBlank() ? event.code() : event.leadId());
    }

    /** Proof of an ad of LinkedIn's: its click id or its lead form. */
    boolean provesAd() {
        return clickId != null || lead != null;
    }

    /** Whether LinkedIn could recognise anybody. */
    boolean identifies() {
        return provesAd() || email != null || ip != null || firstName != null;
    }

    /** Whether one of these keys proves an ad of LinkedIn's. */
    static boolean anyOfAd(Set<String> keys) {
        return keys.contains(CLICK_ID) || keys.contains(LEAD);
    }

    /** Whether LinkedIn could recognise anybody by one of these keys. */
    static boolean anyIdentifying(Set<String> keys) {
        return anyOfAd(keys) || keys.contains(EMAIL) || keys.contains(FIRST_NAME) || keys.contains(FIRST_NAME_HASHED);
    }

    /** Names of what is sent, as LinkedIn spells them. */
    List<String> keys() {
        List<String> keys = new ArrayList<>(10);
        add(keys, EMAIL, email);
        add(keys, CLICK_ID, clickId);
        add(keys, IP, ip);
        add(keys, namesHashed ? FIRST_NAME_HASHED : FIRST_NAME, firstName);
        add(keys, namesHashed ? "hashedLastName" : "lastName", lastName);
        add(keys, "title", title);
        add(keys, "companyName", company);
        add(keys, "countryCode", country);
        add(keys, LEAD, lead);
        add(keys, "externalIds", externalId);
        return keys;
    }

    /** The object, braces included. {@code userIds} is there even when empty: without it LinkedIn refuses the event. */
    void writeTo(StringBuilder out) {
        out.append("{\"userIds\":[");
        int empty = out.length();
        id(out, EMAIL, email, empty);
        id(out, CLICK_ID, clickId, empty);
        id(out, IP, ip, empty);
        out.append(']');
        if (firstName != null && lastName != null) {
            out.append(",\"userInfo\":{");
            int start = out.length();
            member(out, namesHashed ? FIRST_NAME_HASHED : FIRST_NAME, firstName, start);
            member(out, namesHashed ? "hashedLastName" : "lastName", lastName, start);
            member(out, "title", title, start);
            member(out, "companyName", company, start);
            member(out, "countryCode", country, start);
            out.append('}');
        }
        if (lead != null) {
            JsonText.string(out.append(",\"lead\":"), lead);
        }
        JsonText.string(out.append(",\"externalIds\":["), externalId).append("]}");
    }

    private static @Nullable String name(@Nullable String raw, boolean hashed) {
        return hashed ? LinkedInIdentity.nameHash(raw) : LinkedInIdentity.words(raw);
    }

    private static void add(List<String> keys, String key, @Nullable String value) {
        if (value != null) {
            keys.add(key);
        }
    }

    private static void id(StringBuilder out, String type, @Nullable String value, int empty) {
        if (value != null) {
            out.append(out.length() > empty ? "," : "").append("{\"idType\":\"").append(type);
            JsonText.string(out.append("\",\"idValue\":"), value).append('}');
        }
    }

    private static void member(StringBuilder out, String name, @Nullable String value, int start) {
        if (value != null) {
            out.append(out.length() > start ? "," : "").append('"').append(name).append("\":");
            JsonText.string(out, value);
        }
    }
}
