package kembali.postback;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import kembali.campaign.LinkRepair;
import kembali.campaign.LinkRepair.Repaired;
import kembali.postback.Postback.Switches;
import org.jspecify.annotations.Nullable;

/** Reads postbacks of one source, by its rules. */
public final class PostbackReader {
    /** Longest query, in characters. */
    public static final int MAX_QUERY = 8 * 1024;

    /** Largest body, in bytes. */
    public static final int MAX_BODY = 256 * 1024;

    /** Largest body of a batch, in bytes. */
    public static final int MAX_BATCH = 8 * 1024 * 1024;

    /** Most rows of a batch. */
    public static final int MAX_ROWS = 10_000;

    private static final int MAX_PERSON = 320;
    private static final int MAX_SLOT = 500;
    private static final int MAX_CLICK_ID = 2_048;
    private static final int MAX_REASON = 500;

    private final SourceRules rules;

    public PostbackReader(SourceRules rules) {
        this.rules = rules;
    }

    /**
     * Reads one request. Query and body are read together; where both say something the body wins.
     *
     * @param method the HTTP method
     * @param rawQuery as it arrived, without its {@code ?}; null when there was none
     * @param body empty when there was none
     * @param contentType the header; null when it was not sent
     */
    public Reading read(
            String method, @Nullable String rawQuery, byte[] body, @Nullable String contentType, Instant receivedAt) {
        if (!method.equals("GET") && !method.equals("POST")) {
            return new Reading.Refused(Reading.Why.NO_EFFECT);
        }
        if (rawQuery != null && rawQuery.length() > MAX_QUERY) {
            return new Reading.Refused(Reading.Why.URL_TOO_LONG);
        }
        if (body.length > MAX_BODY) {
            return new Reading.Refused(Reading.Why.BODY_TOO_LARGE);
        }
        var parameters = new Parameters();
        List<Note> notes = new ArrayList<>();
        addQuery(rawQuery, parameters, notes);
        boolean readable = PostbackBody.read(body, contentType, parameters);
        if (!readable) {
            notes.add(new Note(
                    "body_unreadable", "", "The body is neither a form nor an object of JSON; the query counts."));
        }
        if (parameters.isEmpty()) {
            return new Reading.Refused(readable ? Reading.Why.NO_PARAMETERS : Reading.Why.UNREADABLE_BODY);
        }
        return new Reading.Read(new Extraction(parameters, notes, receivedAt).postback());
    }

    /**
     * Reads a batch: an array of objects, or one object a line. What the query says holds for every row that does not say
     * otherwise.
     */
    public Reading.Batch readBatch(@Nullable String rawQuery, byte[] body, Instant receivedAt) {
        if (rawQuery != null && rawQuery.length() > MAX_QUERY) {
            return new Reading.Batch.Refused(Reading.Why.URL_TOO_LONG);
        }
        if (body.length > MAX_BATCH) {
            return new Reading.Batch.Refused(Reading.Why.BODY_TOO_LARGE);
        }
        BatchRows rows;
        try {
            rows = BatchRows.of(body, MAX_ROWS);
        } catch (BatchRows.TooManyRowsException e) {
            return new Reading.Batch.Refused(Reading.Why.TOO_MANY_ROWS);
        }
        if (rows == null) {
            return new Reading.Batch.Refused(Reading.Why.UNREADABLE_BODY);
        }
        if (rows.count() == 0) {
            return new Reading.Batch.Refused(Reading.Why.NO_PARAMETERS);
        }
        return new Reading.Batch.Rows(
                rows.count(), () -> BatchRows.mapped(rows.rows(), row -> row(rawQuery, row, receivedAt)));
    }

    private Reading.Batch.Row row(@Nullable String rawQuery, @Nullable JsonNode row, Instant receivedAt) {
        return row == null
                ? new Reading.Batch.Row(new Reading.Refused(Reading.Why.UNREADABLE_BODY), "")
                : new Reading.Batch.Row(read(rawQuery, row, receivedAt), row.toString());
    }

    private Reading read(@Nullable String rawQuery, JsonNode row, Instant receivedAt) {
        var parameters = new Parameters();
        List<Note> notes = new ArrayList<>();
        addQuery(rawQuery, parameters, notes);
        PostbackBody.flatten("", row, parameters, 0);
        return parameters.isEmpty()
                ? new Reading.Refused(Reading.Why.NO_PARAMETERS)
                : new Reading.Read(new Extraction(parameters, notes, receivedAt).postback());
    }

    private static void addQuery(@Nullable String rawQuery, Parameters parameters, List<Note> notes) {
        if (rawQuery == null || rawQuery.isEmpty()) {
            return;
        }
        Repaired mended = LinkRepair.repairQuery(rawQuery);
        mended.repairs()
                .forEach(r ->
                        notes.add(new Note(r.code(), "", "The address was malformed (" + r.code() + ") and mended.")));
        parameters.addPairs(mended.query());
    }

    /** One postback out of its parameters. */
    private final class Extraction {
        private final Parameters parameters;
        private final List<Note> notes;
        private final Instant receivedAt;
        private final Map<Field, String> unfilled = new EnumMap<>(Field.class);

        Extraction(Parameters parameters, List<Note> notes, Instant receivedAt) {
            this.parameters = parameters;
            this.notes = notes;
            this.receivedAt = receivedAt;
        }

        /** A filled value and the parameter it came from. */
        private record Found(String key, String value) {}

        Postback postback() {
            if (parameters.isTruncated()) {
                notes.add(new Note(
                        "too_many_parameters",
                        "",
                        "The request has more than 1,000 parameters; the first ones count."));
            }
            Found status = find(Field.STATUS);
            Found amount = find(Field.AMOUNT);
            Found statedCurrency = find(Field.CURRENCY);
            Payout payout = payout(amount, statedCurrency);
            Found returned = find(Field.RETURN);
            return new Postback(
                    clickId(),
                    leadId(),
                    status == null
                            ? null
                            : StatusWord.decoded(cut(status.value().strip(), StatusWord.MAX_LENGTH)),
                    payout,
                    amount == null ? null : cut(amount.value().strip(), MAX_SLOT),
                    statedCurrency == null
                            ? null
                            : Currencies.read(
                                    cut(statedCurrency.value(), 20),
                                    rules.amounts().defaultCurrency()),
                    payout(find(Field.COST), statedCurrency),
                    transaction(),
                    eventTime(),
                    slots(),
                    contact(),
                    clickIds(),
                    text(find(Field.REASON), MAX_REASON),
                    lists(),
                    returned == null ? null : ReturnText.of(returned.value()),
                    new Switches(isOn(Field.DISABLE_POSTBACK), isOn(Field.TEST), isOn(Field.STRICT)),
                    unfilled,
                    noteUnfilled());
        }

        /** The first of the field's parameters that is filled, the mapped one before all others. */
        private @Nullable Found find(Field field) {
            String mapped = rules.fields().fields().get(field);
            Found found = mapped == null ? null : find(field, mapped);
            for (int i = 0; found == null && i < field.keys().size(); i++) {
                found = find(field, field.keys().get(i));
            }
            if (found != null) {
                unfilled.remove(field);
            }
            return found;
        }

        private @Nullable Found find(Field field, String key) {
            String value = parameters.get(key);
            if (value == null && parameters.isUnfilled(key)) {
                unfilled.putIfAbsent(field, key);
            }
            return value == null ? null : new Found(key, value);
        }

        /** Every macro nobody filled is worth a note, whatever it stood for. */
        private List<Note> noteUnfilled() {
            Set<String> noted = new HashSet<>();
            notes.forEach(n -> noted.add(n.code() + ":" + n.about()));
            for (String key : parameters.unfilledKeys()) {
                Note note = Note.unfilled(cut(key, 64));
                if (noted.add(note.toString())) {
                    notes.add(note);
                }
            }
            return notes;
        }

        private @Nullable String clickId() {
            Found found = find(Field.CLICK_ID);
            if (found == null) {
                return null;
            }
            String id = ClickKey.clean(found.value());
            if (id == null) {
                notes.add(new Note(
                        "click_id_too_long",
                        found.key(),
                        found.key() + " is longer than 64 characters and is not looked for."));
                return null;
            }
            if (id.isEmpty() || id.equals("0")) {
                unfilled.put(Field.CLICK_ID, found.key());
                notes.add(Note.unfilled(found.key()));
                return null;
            }
            return id;
        }

        private @Nullable String leadId() {
            Found found = find(Field.LEAD_ID);
            String id = found == null || found.value().strip().equals("0")
                    ? null
                    : found.value().strip();
            if (found != null && id != null && id.length() > 200) {
                notes.add(Note.tooLong(found.key(), 200));
                return null;
            }
            return id;
        }

        private @Nullable Payout payout(@Nullable Found amount, @Nullable Found currency) {
            if (amount == null) {
                return null;
            }
            Amounts.Read read = Amounts.read(
                    amount.key(), amount.value(), currency == null ? null : cut(currency.value(), 20), rules.amounts());
            notes.addAll(read.notes());
            return read.payout();
        }

        private @Nullable String transaction() {
            Found found = find(Field.TRANSACTION);
            String id = found == null || found.value().strip().equals("0")
                    ? null
                    : found.value().strip();
            if (found != null && id != null && id.length() > Postback.MAX_TRANSACTION) {
                notes.add(Note.tooLong(found.key(), Postback.MAX_TRANSACTION));
                return null;
            }
            return id;
        }

        private @Nullable Instant eventTime() {
            Found found = find(Field.EVENT_TIME);
            if (found == null) {
                return null;
            }
            EventTimes.Read read = EventTimes.read(found.key(), found.value(), rules.zone(), receivedAt);
            if (read.note() != null) {
                notes.add(read.note());
            }
            return read.at();
        }

        private Map<Integer, String> slots() {
            Set<String> taken = new HashSet<>(rules.fields().fields().values());
            Map<Integer, String> slots = new TreeMap<>();
            parameters.filled().forEach((key, value) -> {
                int slot = taken.contains(key) ? 0 : FieldMap.slot(key);
                // sub_id_3 is the slot's own name and goes before sub3.
                if (slot > 0 && (key.startsWith("sub_id_") || parameters.get("sub_id_" + slot) == null)) {
                    slots.put(slot, cut(value.strip(), MAX_SLOT));
                }
            });
            rules.fields().slots().forEach((slot, key) -> {
                String value = parameters.get(key);
                if (value != null) {
                    slots.put(slot, cut(value.strip(), MAX_SLOT));
                }
            });
            return slots;
        }

        private Contact contact() {
            var contact = new Contact(
                    part(Field.EMAIL),
                    phone(),
                    part(Field.FIRST_NAME),
                    part(Field.LAST_NAME),
                    part(Field.CITY),
                    part(Field.STATE),
                    part(Field.ZIP),
                    part(Field.COUNTRY),
                    part(Field.EXTERNAL_ID));
            return contact.isEmpty() ? Contact.NONE : contact;
        }

        private Contact.@Nullable Part part(Field field) {
            Found found = find(field);
            return found == null || tooLong(found) ? null : Contact.Part.of(found.value());
        }

        /** A plus in a query arrives as a space: a space before a digit was one. */
        private Contact.@Nullable Part phone() {
            Found found = find(Field.PHONE);
            if (found == null || tooLong(found)) {
                return null;
            }
            String value = found.value();
            boolean lostPlus = value.length() > 1 && value.charAt(0) == ' ' && Character.isDigit(value.charAt(1));
            return Contact.Part.of(lostPlus ? "+" + value.substring(1) : value);
        }

        private boolean tooLong(Found found) {
            if (found.value().length() <= MAX_PERSON) {
                return false;
            }
            notes.add(Note.tooLong(found.key(), MAX_PERSON));
            return true;
        }

        private Map<String, String> clickIds() {
            Map<String, String> ids = new LinkedHashMap<>();
            for (String name : Postback.CLICK_IDS) {
                String mapped = rules.fields().clickIds().get(name);
                String value = mapped == null ? null : parameters.get(mapped);
                value = value == null ? parameters.get(name) : value;
                if (value == null || value.strip().equals("0")) {
                    continue;
                }
                if (value.length() > MAX_CLICK_ID) {
                    notes.add(Note.tooLong(name, MAX_CLICK_ID));
                } else {
                    ids.put(name, value.strip());
                }
            }
            return ids;
        }

        private StatusLists lists() {
            Set<String> ignored = new HashSet<>();
            Map<String, Set<String>> byStatus = new LinkedHashMap<>();
            parameters.filled().forEach((key, value) -> {
                if (!key.endsWith("_status") || Field.STATUS.keys().contains(key)) {
                    return;
                }
                if (key.equals("ignore_status")) {
                    ignored.addAll(StatusLists.words(value));
                    return;
                }
                String status = listName(key.substring(0, key.length() - "_status".length()));
                if (rules.statuses().named(status) == null) {
                    notes.add(
                            new Note("unknown_list", cut(key, 64), cut(key, 64) + " is no list of a status we know."));
                } else {
                    byStatus.computeIfAbsent(status, s -> new HashSet<>()).addAll(StatusLists.words(value));
                }
            });
            return ignored.isEmpty() && byStatus.isEmpty() ? StatusLists.NONE : new StatusLists(ignored, byStatus);
        }

        private static String listName(String written) {
            return switch (written) {
                case "reject" -> "rejected";
                case "approved" -> "sale";
                case "pending" -> "lead";
                default -> written;
            };
        }

        private boolean isOn(Field field) {
            Found found = find(field);
            return found != null
                    && switch (found.value().strip().toLowerCase(Locale.ROOT)) {
                        case "1", "true", "yes", "on" -> true;
                        default -> false;
                    };
        }

        private static @Nullable String text(@Nullable Found found, int most) {
            return found == null ? null : cut(found.value().strip(), most);
        }
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
