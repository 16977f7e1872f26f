package kembali.inbound.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kembali.inbound.Authenticity;
import kembali.inbound.Fact;
import kembali.inbound.Kind;
import kembali.inbound.LeadFields;
import kembali.inbound.ProviderTime;
import kembali.inbound.RawRequest;
import kembali.inbound.Reading;
import kembali.inbound.Signatures;
import kembali.inbound.SourceForm;
import kembali.inbound.SourceKeys;
import kembali.inbound.SourceSettings;
import kembali.inbound.form.Answer.About;
import org.jspecify.annotations.Nullable;

/** Tally's webhook: a list of fields with label, type and value; what was chosen is said by option ids. */
public final class Tally implements Kind {
    private static final String SIGNATURE = "tally-signature";
    private static final int MOST_ANSWERS = 500;

    private static final SourceForm FORM = new SourceForm(
            List.of(
                    new SourceForm.Field(
                            "secret",
                            "Signing secret",
                            "The signing secret shown at the webhook in Tally; proves that Tally sent the answers.",
                            false),
                    new SourceForm.Field(
                            "fieldMap",
                            "Field map",
                            "Only for questions that are not recognised: our field on the left, the question's text or"
                                    + " its key on the right.",
                            false)),
            List.of(
                    "In Tally publish the form, open Integrations, Webhooks, Connect, and paste {url} as endpoint.",
                    "Add a signing secret there and enter the same one here.",
                    "Add hidden fields to the form: visitor, page_url, fbclid, gclid, utm_source, utm_medium, utm_campaign,"
                            + " and pass them in the form's address or embed code, so that answers join the click."),
            List.of(
                    "Without a signing secret anybody who knows the address can send answers.",
                    "Phone number and e-mail questions are recognised by their type, everything else by its text."));

    @Override
    public String key() {
        return "tally";
    }

    @Override
    public String title() {
        return "Tally";
    }

    @Override
    public SourceForm form() {
        return FORM;
    }

    @Override
    public Authenticity check(RawRequest request, SourceKeys keys, Instant now) {
        String secret = keys.secret();
        if (secret == null || !Signatures.isSet(secret)) {
            return new Authenticity.Unsigned();
        }
        String given = request.header(SIGNATURE);
        if (given == null) {
            return new Authenticity.Forged(
                    "The header Tally-Signature is missing; add the signing secret at the webhook in Tally.");
        }
        String signature = given.startsWith("sha256=") ? given.substring(7) : given;
        // Base64 is what integrators see; Tally's own text does not say it, so hexadecimal counts too.
        byte[] right = Signatures.hmacSha256(secret, request.body());
        return Signatures.isBase64(signature, "", right) || Signatures.isHex(signature, "", right)
                ? new Authenticity.Genuine()
                : new Authenticity.Forged(
                        "Tally-Signature does not fit; the signing secret at the webhook in Tally is another than here.");
    }

    @Override
    public Reading read(RawRequest request, SourceSettings settings, Instant receivedAt) {
        ObjectNode body = JsonBody.object(request.body());
        if (body == null
                || !(body.get("data") instanceof ObjectNode data)
                || !data.path("fields").isArray()) {
            return Reading.unknown("The body is no Tally submission.");
        }
        String event = body.path("eventType").asText();
        if (!event.isEmpty() && !event.equals("FORM_RESPONSE")) {
            return Reading.nothing("This event of Tally is no response.");
        }
        FilledForm filled = FilledForm.of(data, answers(data.path("fields")), settings);
        filled.note("form", JsonBody.text(data.has("formName") ? data.get("formName") : data.get("formId")));
        String id = JsonBody.text(data.get("submissionId"));
        String at = JsonBody.text(data.get("createdAt"));
        return Reading.of(List.of(new Fact.FormFilled(
                id != null ? id : JsonBody.text(data.get("responseId")),
                ProviderTime.read(at != null ? at : JsonBody.text(body.get("createdAt")), receivedAt, null),
                filled.fields(),
                filled.others(),
                false)));
    }

    private static List<Answer> answers(JsonNode fields) {
        var answers = new ArrayList<Answer>();
        Set<String> checkboxes = new HashSet<>();
        for (JsonNode field : fields) {
            if (answers.size() >= MOST_ANSWERS) {
                break;
            }
            String key = JsonBody.text(field.get("key"));
            JsonNode value = field.path("value");
            // Beside a list of ticked boxes Tally repeats each box as a field of its own, true or false.
            if (key != null && value.isBoolean() && checkboxes.contains(beforeLast(key))) {
                continue;
            }
            if (key != null && field.path("options").isArray()) {
                checkboxes.add(key);
            }
            List<String> values = values(field, value);
            if (!values.isEmpty()) {
                answers.add(answer(field, key, values, value.isNumber()));
            }
        }
        return answers;
    }

    private static Answer answer(JsonNode field, @Nullable String key, List<String> values, boolean number) {
        String text = JsonBody.text(field.get("label"));
        String label = text != null ? text : key != null ? key : "field";
        var names = new ArrayList<String>(2);
        names.add(label);
        if (key != null) {
            names.add(key);
        }
        String typed = switch (field.path("type").asText()) {
            case "INPUT_EMAIL" -> LeadFields.EMAIL;
            case "INPUT_PHONE_NUMBER" -> LeadFields.PHONE;
            default -> null;
        };
        return new Answer(names, label, key != null ? key : label, values, number, typed, About.PERSON);
    }

    private static String beforeLast(String key) {
        int underscore = key.lastIndexOf('_');
        return underscore < 0 ? key : key.substring(0, underscore);
    }

    private static List<String> values(JsonNode field, JsonNode value) {
        if (value.isBoolean()) {
            return List.of(value.booleanValue() ? "yes" : "no");
        }
        if (value.isObject()) {
            return rows(field, value);
        }
        var values = new ArrayList<String>();
        Map<String, String> options = names(field.path("options"));
        for (JsonNode one : value.isArray() ? value : List.of(value)) {
            // A file is an object with its address.
            String text = one.isObject() ? JsonBody.text(one.get("url")) : JsonBody.text(one);
            if (text != null) {
                values.add(options.getOrDefault(text, text));
            }
        }
        return values;
    }

    /** A matrix: row to the columns chosen. */
    private static List<String> rows(JsonNode field, JsonNode value) {
        Map<String, String> rows = names(field.path("rows"));
        Map<String, String> columns = names(field.path("columns"));
        var values = new ArrayList<String>();
        for (Map.Entry<String, JsonNode> row : ((ObjectNode) value).properties()) {
            for (String column : JsonBody.texts(row.getValue())) {
                values.add(rows.getOrDefault(row.getKey(), row.getKey()) + ": " + columns.getOrDefault(column, column));
            }
        }
        return values;
    }

    private static Map<String, String> names(JsonNode options) {
        var names = new HashMap<String, String>();
        for (JsonNode option : options) {
            String id = JsonBody.text(option.get("id"));
            String text = JsonBody.text(option.get("text"));
            if (id != null && text != null) {
                names.put(id, text);
            }
        }
        return names;
    }
}
