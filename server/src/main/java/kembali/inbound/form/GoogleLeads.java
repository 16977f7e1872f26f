package kembali.inbound.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kembali.inbound.Authenticity;
import kembali.inbound.Fact;
import kembali.inbound.Kind;
import kembali.inbound.ProviderTime;
import kembali.inbound.RawRequest;
import kembali.inbound.Reading;
import kembali.inbound.Reply;
import kembali.inbound.Signatures;
import kembali.inbound.SourceForm;
import kembali.inbound.SourceKeys;
import kembali.inbound.SourceSettings;
import kembali.inbound.form.Answer.About;

/**
 * Lead forms of Google Ads. Nothing is signed: the body repeats a key the advertiser chose, and Google asks to
 * ignore members one does not know.
 */
public final class GoogleLeads implements Kind {
    private static final int MOST_COLUMNS = 200;

    private static final SourceForm FORM = new SourceForm(
            List.of(
                    new SourceForm.Field(
                            "secret",
                            "Key",
                            "The key entered beside the webhook address in Google Ads; Google repeats it in every lead.",
                            false),
                    new SourceForm.Field(
                            "fieldMap",
                            "Field map",
                            "Only for your own questions: our field on the left, the question's text or column id on"
                                    + " the right.",
                            false)),
            List.of(
                    "In Google Ads open the lead form asset, then Export leads, Webhook integration.",
                    "Paste {url} as webhook URL, and enter the same key there and here.",
                    "Press Send test data: the lead appears here as a test and makes no lead."),
            List.of(
                    "Without a key anybody who knows the address can send leads.",
                    "The click id of a lead form can be reported to Google Ads as a conversion like any other click."));

    @Override
    public String key() {
        return "google-leads";
    }

    @Override
    public String title() {
        return "Google lead forms";
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
        ObjectNode body = JsonBody.object(request.body());
        String given = body == null ? null : JsonBody.text(body.get("google_key"));
        return Signatures.same(secret.strip(), given)
                ? new Authenticity.Genuine()
                : new Authenticity.Forged(
                        given == null
                                ? "The lead carries no google_key; enter the source's key beside the webhook address in Google Ads."
                                : "The lead's google_key is another than the source's key; make them the same in Google Ads.");
    }

    @Override
    public Reading read(RawRequest request, SourceSettings settings, Instant receivedAt) {
        ObjectNode body = JsonBody.object(request.body());
        String leadId = body == null ? null : JsonBody.text(body.get("lead_id"));
        if (body == null || (leadId == null && !body.path("user_column_data").isArray())) {
            return Reading.unknown("The body is no lead of a Google lead form.");
        }
        FilledForm filled = FilledForm.of(body, answers(body.path("user_column_data")), settings);
        filled.also("click.gclid", JsonBody.text(body.get("gcl_id")));
        filled.also("ad.campaignId", JsonBody.text(body.get("campaign_id")));
        filled.also("ad.adsetId", JsonBody.text(body.get("adgroup_id")));
        filled.also("ad.adId", JsonBody.text(body.get("creative_id")));
        for (String member : List.of("form_id", "asset_group_id", "lead_stage")) {
            filled.note(member, JsonBody.text(body.get(member)));
        }
        return Reading.of(List.of(new Fact.FormFilled(
                leadId,
                ProviderTime.read(JsonBody.text(body.get("lead_submit_time")), receivedAt, null),
                filled.fields(),
                filled.others(),
                body.path("is_test").asBoolean(false))));
    }

    /** Google expects an empty JSON object. */
    @Override
    public Reply taken(RawRequest request) {
        return new Reply(200, "application/json; charset=utf-8", "{}");
    }

    private static List<Answer> answers(JsonNode columns) {
        var answers = new ArrayList<Answer>();
        for (JsonNode column : columns) {
            String id = JsonBody.text(column.get("column_id"));
            String name = JsonBody.text(column.get("column_name"));
            List<String> values = JsonBody.texts(column.get("string_value"));
            String label = name != null ? name : id;
            if (label == null || values.isEmpty() || answers.size() >= MOST_COLUMNS) {
                continue;
            }
            var names = new ArrayList<String>(2);
            if (id != null) {
                names.add(id);
            }
            if (name != null) {
                names.add(name);
            }
            answers.add(new Answer(names, label, id != null ? id : label, values, false, null, About.PERSON));
        }
        return answers;
    }
}
