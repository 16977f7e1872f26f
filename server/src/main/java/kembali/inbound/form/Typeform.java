package kembali.inbound.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/** Typeform's webhook: one response with its hidden fields, questions and typed answers. */
public final class Typeform implements Kind {
    private static final String SIGNATURE = "typeform-signature";
    private static final int MOST_ANSWERS = 500;

    private static final SourceForm FORM = new SourceForm(
            List.of(
                    new SourceForm.Field(
                            "secret",
                            "Secret",
                            "The secret entered at the webhook in Typeform; proves that Typeform sent the answers.",
                            false),
                    new SourceForm.Field(
                            "fieldMap",
                            "Field map",
                            "Only for questions that are not recognised: our field on the left, the question's reference"
                                    + " or its text on the right.",
                            false)),
            List.of(
                    "In Typeform open the form, Connect, Webhooks, Add a webhook, and paste {url}.",
                    "Enter a secret there and the same one here.",
                    "Add hidden fields to the form: visitor, page_url, fbclid, gclid, utm_source, utm_medium, utm_campaign,"
                            + " and pass them in the form's address or embed code, so that answers join the click.",
                    "Switch the webhook on and send a test request."),
            List.of(
                    "Without a secret anybody who knows the address can send answers.",
                    "Phone number and e-mail questions are recognised by their type, everything else by its text."));

    @Override
    public String key() {
        return "typeform";
    }

    @Override
    public String title() {
        return "Typeform";
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
        String signature = request.header(SIGNATURE);
        if (signature == null) {
            return new Authenticity.Forged(
                    "The header Typeform-Signature is missing; enter the source's secret at the webhook in Typeform.");
        }
        return Signatures.isBase64(signature, "sha256=", Signatures.hmacSha256(secret, request.body()))
                ? new Authenticity.Genuine()
                : new Authenticity.Forged(
                        "Typeform-Signature does not fit; the secret at the webhook in Typeform is another than here.");
    }

    @Override
    public Reading read(RawRequest request, SourceSettings settings, Instant receivedAt) {
        ObjectNode body = JsonBody.object(request.body());
        if (body == null || !(body.get("form_response") instanceof ObjectNode response)) {
            return body != null && body.path("event_type").isTextual()
                    ? Reading.nothing("Typeform's event "
                            + shortened(body.path("event_type").asText()) + " is no response.")
                    : Reading.unknown("The body is no Typeform response.");
        }
        List<Answer> answers = new ArrayList<>();
        if (response.get("hidden") instanceof ObjectNode hidden) {
            for (Map.Entry<String, JsonNode> field : hidden.properties()) {
                List<String> texts = JsonBody.texts(field.getValue());
                if (!texts.isEmpty()) {
                    answers.add(Answer.named(field.getKey(), texts));
                }
            }
        }
        Map<String, JsonNode> questions = new HashMap<>();
        collect(response.path("definition").path("fields"), questions, 0);
        for (JsonNode answer : response.path("answers")) {
            Answer read = answer(answer, questions);
            if (read != null && answers.size() < MOST_ANSWERS) {
                answers.add(read);
            }
        }
        FilledForm filled = FilledForm.of(response, answers, settings);
        filled.note("form", formName(response));
        return Reading.of(List.of(new Fact.FormFilled(
                JsonBody.text(response.get("token")),
                ProviderTime.read(JsonBody.text(response.get("submitted_at")), receivedAt, null),
                filled.fields(),
                filled.others(),
                false)));
    }

    private static @Nullable String formName(ObjectNode response) {
        String title = JsonBody.text(response.path("definition").get("title"));
        return title != null ? title : JsonBody.text(response.get("form_id"));
    }

    /** Questions by id; those of a contact or address block stand inside it. */
    private static void collect(JsonNode fields, Map<String, JsonNode> questions, int depth) {
        for (JsonNode field : fields) {
            String id = JsonBody.text(field.get("id"));
            if (id != null) {
                questions.putIfAbsent(id, field);
            }
            if (depth < 3) {
                collect(field.path("properties").path("fields"), questions, depth + 1);
            }
        }
    }

    private static @Nullable Answer answer(JsonNode answer, Map<String, JsonNode> questions) {
        String type = JsonBody.text(answer.get("type"));
        if (type == null) {
            return null;
        }
        List<String> values = values(type, answer);
        if (values.isEmpty()) {
            return null;
        }
        JsonNode field = answer.path("field");
        String id = JsonBody.text(field.get("id"));
        String ref = JsonBody.text(field.get("ref"));
        JsonNode question = id == null ? null : questions.get(id);
        String title = question == null ? null : JsonBody.text(question.get("title"));
        String label = title != null ? title : ref != null ? ref : id != null ? id : type;
        var names = new ArrayList<String>(3);
        for (String name : new @Nullable String[] {ref, title, id}) {
            if (name != null) {
                names.add(name);
            }
        }
        String typed = switch (type) {
            case "email" -> LeadFields.EMAIL;
            case "phone_number" -> LeadFields.PHONE;
            default -> null;
        };
        return new Answer(names, label, ref != null ? ref : label, values, type.equals("number"), typed, About.PERSON);
    }

    /** The member of an answer's own type: a text, a choice with its label, several of them, a payment. */
    private static List<String> values(String type, JsonNode answer) {
        JsonNode value = answer.path(type);
        return switch (type) {
            case "choice" -> labels(value.get("label"), value.get("other"));
            case "choices" -> labels(value.get("labels"), value.get("other"));
            case "payment" -> JsonBody.texts(value.get("amount"));
            case "boolean" -> value.isBoolean() ? List.of(value.booleanValue() ? "yes" : "no") : List.of();
            default -> JsonBody.texts(value);
        };
    }

    private static List<String> labels(@Nullable JsonNode chosen, @Nullable JsonNode other) {
        var labels = new ArrayList<>(JsonBody.texts(chosen));
        labels.addAll(JsonBody.texts(other));
        return labels;
    }

    private static String shortened(String word) {
        return word.length() <= 40 ? word : word.substring(0, 40) + "…";
    }
}
