package kembali.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import kembali.api.RotatorInput.FieldInput;
import kembali.api.RotatorInput.FormInput;
import kembali.capture.rotator.DraftMessage;
import kembali.capture.rotator.form.LeadForm;
import kembali.capture.rotator.form.Meaning;
import kembali.http.Checks;
import org.jspecify.annotations.Nullable;

/** Checks the form of a rotator. */
final class RotatorFormReader {
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_]{0,39}");
    private static final int MOST_FIELDS = 15;
    private static final int MOST_OPTIONS = 50;
    private static final List<String> TYPES = List.of(LeadForm.TEXT, LeadForm.SELECT, LeadForm.CHECKBOX);
    private static final List<String> WHEN = List.of(LeadForm.ON_FORM, LeadForm.ON_CLICK);

    private final Checks checks;

    RotatorFormReader(Checks checks) {
        this.checks = checks;
    }

    /** @param language the workspace's, for a form that names none */
    @Nullable LeadForm read(@Nullable FormInput in, String language) {
        if (in == null) {
            return null;
        }
        String consentText = checks.text("form.consentText", in.consentText(), 1_000);
        boolean consentRequired = in.consentRequired() != null && in.consentRequired();
        if (consentRequired && consentText == null) {
            checks.error("form.consentRequired", "needs a consentText to tick");
        }
        return new LeadForm(
                checks.text("form.title", in.title(), 120),
                checks.text("form.intro", in.intro(), 500),
                fields(in.fields()),
                consentText,
                consentRequired,
                checks.text("form.button", in.button(), 60),
                checks.word("form.language", in.language(), List.of("id", "en"), language),
                checks.word("form.leadOn", in.leadOn(), WHEN, LeadForm.ON_FORM));
    }

    private List<LeadForm.Field> fields(@Nullable List<FieldInput> given) {
        var fields = new ArrayList<LeadForm.Field>();
        if (given == null || given.isEmpty()) {
            checks.error("form.fields", "is empty; ask at least one thing, such as {\"key\":\"name\"}");
            return fields;
        }
        if (given.size() > MOST_FIELDS) {
            checks.error("form.fields", "has " + given.size() + " fields; at most " + MOST_FIELDS + " are taken");
            return fields;
        }
        var keys = new HashSet<String>();
        var meanings = new HashMap<Meaning, String>();
        for (int i = 0; i < given.size(); i++) {
            LeadForm.Field f = field("form.fields[" + i + "]", given.get(i), keys, meanings);
            if (f != null) {
                fields.add(f);
            }
        }
        return fields;
    }

    private LeadForm.@Nullable Field field(
            String at, @Nullable FieldInput in, HashSet<String> keys, Map<Meaning, String> meanings) {
        String key = checks.required(at + ".key", in == null ? null : in.key(), 40);
        if (in == null || key.isEmpty()) {
            return null;
        }
        Meaning meaning = Meaning.of(key);
        if (!KEY.matcher(key).matches()) {
            checks.error(at + ".key", "may hold a-z, 0-9 and _ and begins with a letter, such as shirt_size");
        } else if (!keys.add(key)) {
            checks.error(at + ".key", "is used twice");
        } else if (meaning == Meaning.OWN && DraftMessage.PLACEHOLDERS.contains(key)) {
            checks.error(at + ".key", "is the name of a placeholder of messages; choose another one");
        } else if (meaning.isOnce() && meanings.put(meaning, key) != null) {
            checks.error(at + ".key", "asks for the same as another field");
        } else if ((meaning == Meaning.FIRST_NAME || meaning == Meaning.LAST_NAME) && meanings.containsKey(Meaning.NAME)
                || meaning == Meaning.NAME
                        && (meanings.containsKey(Meaning.FIRST_NAME) || meanings.containsKey(Meaning.LAST_NAME))) {
            checks.error(at + ".key", "asks for a part of the name beside the whole; ask for one or the other");
        }
        String label = checks.text(at + ".label", in.label(), 120);
        if (label == null && meaning == Meaning.OWN) {
            checks.error(at + ".label", "is missing; say what people are asked");
        }
        String type = checks.word(at + ".type", in.type(), TYPES, LeadForm.TEXT);
        if (meaning != Meaning.OWN && meaning != Meaning.CITY && !type.equals(LeadForm.TEXT)) {
            checks.error(at + ".type", "must be text, because the key " + key + " asks for something people type");
        }
        return new LeadForm.Field(
                key, label, type, options(at + ".options", type, in.options()), in.required() != null && in.required());
    }

    private List<String> options(String at, String type, @Nullable List<String> given) {
        var options = new ArrayList<String>();
        boolean select = type.equals(LeadForm.SELECT);
        int n = given == null ? 0 : given.size();
        if (select && (n < 1 || n > MOST_OPTIONS)) {
            checks.error(at, "must hold 1 to " + MOST_OPTIONS + " choices for a select");
            return options;
        }
        if (!select && n > 0) {
            checks.error(at, "belongs to a select only");
            return options;
        }
        for (int i = 0; given != null && i < n; i++) {
            String option = checks.required(at + "[" + i + "]", given.get(i), 100);
            if (options.contains(option)) {
                checks.error(at + "[" + i + "]", "is there twice");
            }
            options.add(option);
        }
        return options;
    }
}
