package kembali.inbound.form;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kembali.inbound.LeadFields;
import kembali.inbound.SourceSettings;
import kembali.visitor.ClickParameter;
import kembali.visitor.QueryString;
import kembali.visitor.UnreplacedMacro;
import kembali.visitor.Utm;
import kembali.visitor.VisitorCode;
import org.jspecify.annotations.Nullable;

/**
 * Answers of one form, sorted into our fields and others. The owner's field map goes first, then names, types and
 * labels of the answers, and last the query of the page's address.
 * The first answer that is usable for a field gets it; the others of its kind stay among the others.
 */
final class FilledForm {
    private static final int LONGEST_FIELD = 500;
    private static final int LONGEST_MESSAGE = 4_096;
    private static final int LONGEST_OTHER = 2_000;
    private static final int LONGEST_LABEL = 200;
    private static final int MOST_OTHERS = 100;

    /** What scripts write into a hidden input when they have nothing. */
    private static final Set<String> NOTHING =
            Set.of("undefined", "null", "none", "nan", "(not set)", "[object object]");

    /** Typeform's suggested value for a hidden field. */
    private static final Pattern FILLED_UP = Pattern.compile("x{3,20}");

    /** Never kept: secrets, and what form builders send for themselves. */
    private static final Pattern PRIVATE = Pattern.compile(
            ".*(password|passwd|katasandi|captcha|turnstile|nonce|csrf|xsrf|cvv|cardnumber|authenticitytoken).*"
                    + "|wpcf7.*|googlekey|kmbtrap");

    private static final Pattern ISO_INSTANT = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T.*");
    private static final Pattern SLASHES = Pattern.compile("(\\d{1,2})[/.-](\\d{1,2})[/.-](\\d{4})");

    /** Names in a page's query and the field each is. */
    private static final Map<String, String> PAGE_QUERY = pageQuery();

    private final SourceSettings settings;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final Map<String, String> others = new LinkedHashMap<>();
    private @Nullable String currencyOfValue;

    private FilledForm(SourceSettings settings) {
        this.settings = settings;
    }

    /**
     * @param body the whole document, for paths of the field map
     * @param answers in the order of the form
     */
    static FilledForm of(JsonNode body, List<Answer> answers, SourceSettings settings) {
        var form = new FilledForm(settings);
        form.sort(body, answers);
        return form;
    }

    /** Our field to what was typed. */
    Map<String, String> fields() {
        return fields;
    }

    /** Label to what was typed, of everything that is no field of ours. */
    Map<String, String> others() {
        return others;
    }

    /** Something a provider says beside the answers, if nobody said it before. */
    void also(String field, @Nullable String value) {
        if (value != null && !fields.containsKey(field)) {
            take(field, value, false);
            if (field.equals("web.pageUrl")) {
                readPage();
            }
        }
    }

    /** Something worth keeping that is no field of ours. */
    void note(String label, @Nullable String value) {
        if (value != null) {
            keep(label, label, value);
        }
    }

    /** Whether it says who the person is, or at least which visitor. */
    boolean identifies() {
        return List.of(LeadFields.PHONE, LeadFields.EMAIL, LeadFields.NAME, LeadFields.VISITOR, LeadFields.EXTERNAL_REF)
                        .stream()
                        .anyMatch(fields::containsKey)
                || fields.keySet().stream().anyMatch(f -> f.startsWith("click."));
    }

    private void sort(JsonNode body, List<Answer> answers) {
        var left = new IdentityHashMap<Answer, Boolean>();
        answers.forEach(a -> left.put(a, true));
        map(body, answers, left);
        for (Answer answer : answers) {
            boolean taken = left.containsKey(answer)
                    && (answer.names().stream().anyMatch(name -> takes(FieldNames.of(name), answer))
                            || takes(answer.typed(), answer)
                            || takes(FieldNames.asked(answer.label()), answer));
            if (taken) {
                left.remove(answer);
            }
        }
        for (Answer answer : answers) {
            if (left.containsKey(answer) && takes(FieldNames.secondChoice(answer.label()), answer)) {
                left.remove(answer);
            }
        }
        for (Answer answer : answers) {
            if (left.containsKey(answer)) {
                keep(answer.label(), answer.path(), answer.joined());
            }
        }
        joinNames();
        if (currencyOfValue != null) {
            fields.putIfAbsent(LeadFields.CURRENCY, currencyOfValue);
        }
        readPage();
    }

    private void map(JsonNode body, List<Answer> answers, Map<Answer, Boolean> left) {
        if (settings.fieldMap().isEmpty()) {
            return;
        }
        var byName = new HashMap<String, Answer>();
        for (Answer answer : answers) {
            byName.putIfAbsent(answer.path(), answer);
            byName.putIfAbsent(answer.label(), answer);
            answer.names().forEach(name -> byName.putIfAbsent(name, answer));
        }
        settings.fieldMap().forEach((field, path) -> {
            if (!LeadFields.ALL.contains(field)) {
                return;
            }
            Answer answer = byName.get(path.strip());
            if (answer == null) {
                answer = byName.get(dotted(path));
            }
            if (answer != null) {
                if (take(field, value(field, answer), answer.number())) {
                    left.remove(answer);
                }
                return;
            }
            JsonNode found = find(body, path.strip());
            List<String> texts = JsonBody.texts(found);
            if (!texts.isEmpty()) {
                take(field, texts.getLast(), found != null && found.isNumber());
            }
        });
    }

    private boolean takes(@Nullable String field, Answer answer) {
        if (field == null || fields.containsKey(field) || settings.fieldMap().containsKey(field)) {
            return false;
        }
        if (answer.about() == Answer.About.SURROUNDINGS
                && field.indexOf('.') < 0
                && !field.equals(LeadFields.VISITOR)) {
            return false;
        }
        String value = value(field, answer);
        return (isTracking(field) && isNothing(value)) || take(field, value, answer.number());
    }

    private static boolean isTracking(String field) {
        return field.indexOf('.') >= 0 || field.equals(LeadFields.VISITOR);
    }

    /** What platforms and scripts leave when they have nothing: a placeholder, {@code undefined}, {@code xxxxx}. */
    private static boolean isNothing(String value) {
        String text = clean(value);
        return UnreplacedMacro.isOne(text)
                || NOTHING.contains(text.toLowerCase(Locale.ROOT))
                || FILLED_UP.matcher(text).matches();
    }

    private static String value(String field, Answer answer) {
        return field.equals(LeadFields.MESSAGE) ? answer.joined() : answer.last();
    }

    /** Puts it into the field if it is usable there. */
    private boolean take(String field, String raw, boolean number) {
        String text = clean(raw);
        if (text.isEmpty()) {
            return false;
        }
        if (field.equals(LeadFields.MESSAGE)) {
            fields.put(field, cut(text, LONGEST_MESSAGE));
            return true;
        }
        if (isTracking(field)) {
            return !isNothing(text) && takeTracking(field, text);
        }
        switch (field) {
            case LeadFields.VALUE -> {
                Amount amount = number ? Amount.ofNumber(text) : Amount.read(text);
                if (amount == null) {
                    return false;
                }
                fields.put(field, amount.text());
                currencyOfValue = amount.currency();
            }
            case LeadFields.COUNTRY -> fields.put(field, cut(Countries.code(text), LONGEST_FIELD));
            case LeadFields.CURRENCY -> fields.put(field, cut(text.toUpperCase(Locale.ROOT), LONGEST_FIELD));
            case LeadFields.BIRTH_DATE -> fields.put(field, cut(date(text), LONGEST_FIELD));
            case LeadFields.STATUS ->
                fields.put(
                        field,
                        cut(settings.statusMap().getOrDefault(text.toLowerCase(Locale.ROOT), text), LONGEST_FIELD));
            default -> fields.put(field, cut(text, LONGEST_FIELD));
        }
        return true;
    }

    /** What scripts and platforms fill in, not people. */
    private boolean takeTracking(String field, String text) {
        if (field.equals(LeadFields.VISITOR)) {
            VisitorCode code = VisitorCode.parse(text);
            if (code == null) {
                return false;
            }
            fields.put(field, code.text());
            return true;
        }
        if (field.startsWith("consent.")) {
            String choice = text.toLowerCase(Locale.ROOT);
            if (!choice.equals("granted") && !choice.equals("denied")) {
                return false;
            }
            fields.put(field, choice);
            return true;
        }
        boolean cuttable = field.startsWith("utm.") || field.startsWith("ad.");
        int longest = cuttable ? Utm.MAX_LENGTH : ClickParameter.MAX_LENGTH;
        if (!cuttable && text.length() > longest) {
            return false; // half an id or address is none
        }
        fields.put(field, cut(text, longest));
        return true;
    }

    /** {@code yyyy-MM-dd} where there is no doubt which number is the month, else as it was typed. */
    private static String date(String text) {
        if (ISO_INSTANT.matcher(text).matches()) {
            return text.substring(0, 10);
        }
        Matcher m = SLASHES.matcher(text);
        if (!m.matches()) {
            return text;
        }
        int a = Integer.parseInt(m.group(1));
        int b = Integer.parseInt(m.group(2));
        boolean monthFirst = b > 12 || a == b;
        if (a > 31 || b > 31 || a == 0 || b == 0 || (a > 12) == (b > 12) && a != b || a > 12 && b > 12) {
            return text;
        }
        return "%s-%02d-%02d".formatted(m.group(3), monthFirst ? a : b, monthFirst ? b : a);
    }

    private void keep(String label, String path, String value) {
        String text = cut(clean(value), LONGEST_OTHER);
        String name = cut(clean(label), LONGEST_LABEL);
        if (text.isEmpty()
                || others.size() >= MOST_OTHERS
                || PRIVATE.matcher(FieldNames.normal(name)).matches()) {
            return;
        }
        String place = cut(clean(path), LONGEST_LABEL);
        String key = name.isEmpty() ? place : name;
        if (key.isEmpty()) {
            return;
        }
        if (others.putIfAbsent(key, text) != null) {
            others.putIfAbsent(place.isEmpty() ? key : place, text);
        }
    }

    /** First and last name become the name, unless a full one was given. */
    private void joinNames() {
        String first = fields.remove(LeadFields.FIRST_NAME);
        String last = fields.remove(LeadFields.LAST_NAME);
        String full = fields.get(LeadFields.NAME);
        if (full == null && (first != null || last != null)) {
            fields.put(
                    LeadFields.NAME, first == null ? String.valueOf(last) : last == null ? first : first + " " + last);
        } else if (full != null && first == null && last != null && !full.endsWith(last)) {
            fields.put(LeadFields.NAME, full + " " + last); // "name" beside "surname" is a first name
        }
    }

    /** Click ids, UTM and ad ids of the page's address, where no input carried them. */
    private void readPage() {
        String page = fields.get("web.pageUrl");
        if (page == null) {
            return;
        }
        QueryString.ofUrl(page).values().forEach((name, value) -> {
            String field = PAGE_QUERY.get(name);
            if (field != null && !fields.containsKey(field)) {
                take(field, value, false);
            }
        });
    }

    private static Map<String, String> pageQuery() {
        var names = new HashMap<String, String>();
        for (String id : List.of("gclid", "gbraid", "wbraid", "fbclid", "ttclid")) {
            names.put(id, "click." + id);
        }
        names.put("li_fat_id", "click.liFatId");
        for (String word : List.of("source", "medium", "campaign", "term", "content")) {
            names.put("utm_" + word, "utm." + word);
        }
        names.put("ad_account_id", "ad.accountId");
        names.put("campaign_id", "ad.campaignId");
        names.put("campaign_name", "ad.campaignName");
        for (String name : List.of("adset_id", "ad_group_id", "adgroup_id")) {
            names.put(name, "ad.adsetId");
        }
        names.put("ad_id", "ad.adId");
        names.put("creative_id", "ad.adId");
        return Map.copyOf(names);
    }

    /** A JSON pointer, a dotted path, or one with brackets; null when nothing is there. */
    private static @Nullable JsonNode find(JsonNode body, String path) {
        if (path.startsWith("/")) {
            try {
                JsonNode found = body.at(JsonPointer.compile(path));
                return found.isMissingNode() ? null : found;
            } catch (IllegalArgumentException notAPointer) {
                return null;
            }
        }
        JsonNode at = body.get(path);
        if (at != null) {
            return at;
        }
        at = body;
        for (String step : steps(path)) {
            at = at == null ? null : at.isArray() ? at.get(index(step)) : at.get(step);
        }
        return at == body ? null : at;
    }

    private static int index(String step) {
        return step.matches("\\d{1,6}") ? Integer.parseInt(step) : -1;
    }

    private static String dotted(String path) {
        return String.join(".", steps(path));
    }

    /** {@code a.b[0][c]} and {@code /a/b/0/c} as their steps. */
    private static List<String> steps(String path) {
        var steps = new ArrayList<String>();
        for (String step : path.split("[.\\[\\]/]", -1)) {
            if (!step.isBlank()) {
                steps.add(step.strip());
            }
        }
        return steps;
    }

    /** Without control characters, which no database takes, halves of surrogate pairs, and surrounding space. */
    private static String clean(String text) {
        var out = new StringBuilder(Math.min(text.length(), 256));
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            } else if (c == '\n' || c == '\t') {
                out.append(c);
            } else if (!Character.isISOControl(c) && !Character.isSurrogate(c)) {
                out.append(c);
            }
        }
        return out.toString().strip();
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
