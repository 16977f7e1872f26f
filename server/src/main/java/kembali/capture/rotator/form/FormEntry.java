package kembali.capture.rotator.form;

import java.text.Normalizer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import kembali.identity.PhoneNumbers;
import kembali.visitor.QueryString;
import org.jspecify.annotations.Nullable;

/**
 * What somebody sent with a form, and what is wrong with it.
 *
 * @param values by field key, as typed, so that the page can show them again; a tick is {@code yes}
 * @param faults by field key, {@link #CONSENT} for the tick below
 * @param phoneE164 the number as it is used, when there is one
 * @param consented whether the consent text was ticked
 * @param machine whether the field that people do not see was filled
 */
public record FormEntry(
        Map<String, String> values,
        Map<String, Fault> faults,
        @Nullable String phoneE164,
        boolean consented,
        boolean machine) {
    /** Name of the consent tick in the form. */
    public static final String CONSENT = "consent";

    /** Name of the field that people do not see: only machines fill it. */
    public static final String TRAP = "website";

    /** Name of the hidden field that says which visit the form was shown to. */
    public static final String VISIT = "visit";

    /** What a field's name begins with in the page, so that no key is one of ours. */
    public static final String PREFIX = "f-";

    /** Longest answer, in characters. */
    public static final int LONGEST = 500;

    private static final int LONGEST_NAME = 200;
    private static final String YES = "yes";
    private static final Pattern EMAIL = Pattern.compile(
            "[^\\s@<>(),;:\"\\[\\]\\\\]{1,64}@[^\\s@.<>(),;:\"\\[\\]\\\\]+(?:\\.[^\\s@.<>(),;:\"\\[\\]\\\\]+)+");
    private static final Pattern BLANK = Pattern.compile("[\\p{Cntrl}\\s]++");
    private static final Pattern INVISIBLE = Pattern.compile("[\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]");

    /** What is wrong with an answer. */
    public enum Fault {
        MISSING,
        TOO_LONG,
        NO_EMAIL,
        NO_PHONE,
        NOT_OFFERED,
        CONSENT_MISSING
    }

    public FormEntry {
        values = Map.copyOf(values);
        faults = Collections.unmodifiableMap(faults);
    }

    /** A form nobody has filled yet. */
    public static FormEntry empty() {
        return new FormEntry(Map.of(), Map.of(), null, false, false);
    }

    /**
     * Reads what was sent.
     *
     * @param sent the fields by their names in the page
     * @param country ISO 3166-1 alpha-2: local numbers are read with it
     */
    public static FormEntry read(LeadForm form, QueryString sent, String country) {
        var values = new LinkedHashMap<String, String>();
        var faults = new LinkedHashMap<String, Fault>();
        String e164 = null;
        for (LeadForm.Field field : form.fields()) {
            String value = clean(sent.get(PREFIX + field.key()));
            if (field.type().equals(LeadForm.CHECKBOX) && !value.isEmpty()) {
                value = YES;
            }
            Fault fault = value.isEmpty() ? (field.required() ? Fault.MISSING : null) : fault(field, value);
            if (fault == null && !value.isEmpty() && field.meaning() == Meaning.PHONE) {
                var phone = PhoneNumbers.fromPerson(value, country);
                e164 = phone == null ? null : phone.e164();
                fault = phone == null ? Fault.NO_PHONE : null;
            }
            if (!value.isEmpty()) {
                values.put(field.key(), value.length() > LONGEST ? cut(value) : value);
            }
            if (fault != null) {
                faults.put(field.key(), fault);
            }
        }
        boolean consented =
                form.consentText() != null && !clean(sent.get(CONSENT)).isEmpty();
        if (form.consentText() != null && form.consentRequired() && !consented) {
            faults.put(CONSENT, Fault.CONSENT_MISSING);
        }
        return new FormEntry(values, faults, e164, consented, sent.get(TRAP) != null);
    }

    private static @Nullable Fault fault(LeadForm.Field field, String value) {
        int longest = switch (field.meaning()) {
            case NAME, FIRST_NAME, LAST_NAME, CITY -> LONGEST_NAME;
            case EMAIL, PHONE, OWN -> LONGEST;
        };
        if (value.length() > longest) {
            return Fault.TOO_LONG;
        }
        if (field.type().equals(LeadForm.SELECT) && field.options().stream().noneMatch(o -> clean(o).equals(value))) {
            return Fault.NOT_OFFERED;
        }
        return field.meaning() == Meaning.EMAIL && !EMAIL.matcher(value).matches() ? Fault.NO_EMAIL : null;
    }

    public boolean isGood() {
        return faults.isEmpty();
    }

    /** The answer to the question of that meaning, or null. */
    public @Nullable String value(LeadForm form, Meaning meaning) {
        for (LeadForm.Field f : form.fields()) {
            if (f.meaning() == meaning) {
                return values.get(f.key());
            }
        }
        return null;
    }

    /** The person's whole name, from one field or two, or null. */
    public @Nullable String name(LeadForm form) {
        String whole = value(form, Meaning.NAME);
        if (whole != null) {
            return whole;
        }
        String first = value(form, Meaning.FIRST_NAME);
        String last = value(form, Meaning.LAST_NAME);
        return first == null ? last : last == null ? first : first + " " + last;
    }

    /** One line without control characters or marks of writing direction. */
    private static String clean(@Nullable String value) {
        if (value == null) {
            return "";
        }
        String visible = INVISIBLE.matcher(value).replaceAll("");
        return Normalizer.normalize(BLANK.matcher(visible).replaceAll(" ").strip(), Normalizer.Form.NFC);
    }

    private static String cut(String value) {
        int end = Character.isHighSurrogate(value.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return value.substring(0, end);
    }
}
