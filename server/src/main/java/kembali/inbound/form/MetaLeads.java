package kembali.inbound.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import kembali.inbound.Authenticity;
import kembali.inbound.Fact;
import kembali.inbound.FormBody;
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
import kembali.platform.Endpoints;
import org.jspecify.annotations.Nullable;

/**
 * Meta Lead Ads (Instant Forms of Facebook and Instagram). The webhook only says that there is a lead; what was
 * filled in is fetched with the page's token.
 */
public final class MetaLeads implements Kind {
    /** The version leads are asked of; the Conversions API's, which ends when Meta ends it for both. */
    static final String API_VERSION = "v26.0";

    private static final String USUAL_HOST = "https://graph.facebook.com";
    private static final String MEMBERS = "id,created_time,ad_id,ad_name,adset_id,adset_name,campaign_id,campaign_name,"
            + "form_id,platform,is_organic,field_data";
    private static final Pattern ID = Pattern.compile("\\d{5,25}");

    /** The id in what the app dashboard's Test button sends; there is no such lead. */
    private static final Pattern SAMPLE_ID = Pattern.compile("4{5,25}");

    /** How the values of leads begin that the Lead Ads Testing Tool makes. */
    private static final String TEST_VALUE = "<test lead:";

    private static final int MOST_LEADS = 1_000;

    private static final SourceForm FORM = new SourceForm(
            List.of(
                    new SourceForm.Field(
                            "verifyToken",
                            "Verify token",
                            "Any word of yours; enter the same one at Meta when the webhook is set up. Without it Meta's"
                                    + " check of the address fails.",
                            false),
                    new SourceForm.Field(
                            "secret",
                            "App secret",
                            "Of the Meta app the webhook belongs to (App settings, Basic); proves that Meta sent it.",
                            false),
                    new SourceForm.Field(
                            "accessToken",
                            "Page access token",
                            "Reads what was filled in. Take a page token, or one of a system user with access to the page,"
                                    + " with leads_retrieval, pages_show_list, pages_read_engagement,"
                                    + " pages_manage_metadata and pages_manage_ads; one that does not expire.",
                            false),
                    new SourceForm.Field(
                            "fieldMap",
                            "Field map",
                            "Only for your own questions: our field on the left, the question's name on the right.",
                            false)),
            List.of(
                    "In Meta's app dashboard add the product Webhooks, choose Page, subscribe to leadgen with {url} and your"
                            + " verify token.",
                    "Install the app on the page, with its field leadgen (POST /<page id>/subscribed_apps): without it no"
                            + " lead is announced.",
                    "In Business Settings, Integrations, Leads Access, let the app read the page's leads.",
                    "Make a lead with Meta's Lead Ads Testing Tool: it appears here as a test."),
            List.of(
                    "Without an access token only the lead's id is known, not who it is.",
                    "An app that is not live announces only leads of its own testers.",
                    "The lead id is what Meta knows the lead by later: its statuses are reported as Conversion Leads."));

    private final String base;

    /** @param endpoints where Meta is; {@code meta} unless the operator named another address */
    public MetaLeads(Endpoints endpoints) {
        base = endpoints.of("meta", USUAL_HOST);
    }

    @Override
    public String key() {
        return "meta-leads";
    }

    @Override
    public String title() {
        return "Meta Lead Ads";
    }

    @Override
    public SourceForm form() {
        return FORM;
    }

    @Override
    public Reply handshake(RawRequest request, SourceKeys keys) {
        FormBody query = FormBody.ofQuery(request.query());
        String challenge = query.get("hub.challenge");
        String verifyToken = keys.verifyToken();
        if (!"subscribe".equals(query.get("hub.mode")) || challenge == null) {
            return Reply.text(400, "This address waits for Meta's webhooks.");
        }
        if (verifyToken == null || !Signatures.isSet(verifyToken)) {
            return Reply.text(403, "This source has no verify token yet.");
        }
        if (challenge.length() > 200 || !Signatures.same(verifyToken, query.get("hub.verify_token"))) {
            return Reply.text(403, "The verify token is another than the source's.");
        }
        return Reply.text(200, challenge);
    }

    @Override
    public Authenticity check(RawRequest request, SourceKeys keys, Instant now) {
        String secret = keys.secret();
        if (secret == null || !Signatures.isSet(secret)) {
            return new Authenticity.Unsigned();
        }
        String signature = request.header("x-hub-signature-256");
        if (signature == null) {
            return new Authenticity.Forged("The header X-Hub-Signature-256 is missing; Meta signs every webhook.");
        }
        return Signatures.isHex(signature, "sha256=", Signatures.hmacSha256(secret, request.body()))
                ? new Authenticity.Genuine()
                : new Authenticity.Forged(
                        "X-Hub-Signature-256 does not fit; the app secret is of another Meta app than the webhook.");
    }

    @Override
    public Reading read(RawRequest request, SourceSettings settings, Instant receivedAt) {
        ObjectNode body = JsonBody.object(request.body());
        if (body == null || !body.path("entry").isArray()) {
            return Reading.unknown("The body is no webhook of a Meta page.");
        }
        if (!body.path("object").asText().equals("page")) {
            return Reading.nothing("Only webhooks of pages announce leads.");
        }
        var facts = new ArrayList<Fact>();
        for (JsonNode entry : body.path("entry")) {
            for (JsonNode change : entry.path("changes")) {
                if (facts.size() < MOST_LEADS) {
                    facts.add(fact(entry, change, receivedAt));
                }
            }
        }
        return facts.isEmpty() ? Reading.nothing("The webhook announces nothing.") : Reading.of(facts);
    }

    private Fact fact(JsonNode entry, JsonNode change, Instant receivedAt) {
        if (!change.path("field").asText().equals("leadgen")) {
            return new Fact.Ignored("A change of the page that is no lead.");
        }
        JsonNode value = change.path("value");
        String id = JsonBody.text(value.get("leadgen_id"));
        if (id == null || !ID.matcher(id).matches()) {
            return new Fact.Ignored("The lead has no id by which it could be fetched.");
        }
        String said = JsonBody.text(value.get("created_time"));
        Instant at = ProviderTime.read(said != null ? said : JsonBody.text(entry.get("time")), receivedAt, null);
        var known = new HashMap<String, String>();
        known.put("leadgen_id", id);
        for (String member : List.of("page_id", "form_id", "ad_id", "adgroup_id")) {
            String text = JsonBody.text(value.get(member));
            if (text != null && ID.matcher(text).matches()) {
                known.put(member, text);
            }
        }
        if (SAMPLE_ID.matcher(id).matches()) {
            return new Fact.FormFilled(id, at, Map.of(), Map.of(), true);
        }
        String url = base + "/" + API_VERSION + "/" + id + "?fields=" + MEMBERS;
        return new Fact.Fetch(id, url, true, at, known);
    }

    @Override
    public Reading readFetched(Fact.Fetch fetch, int httpStatus, byte[] body, SourceSettings settings) {
        ObjectNode lead = JsonBody.object(body);
        if (lead == null
                || httpStatus / 100 != 2
                || lead.has("error")
                || !lead.path("field_data").isArray()) {
            return Reading.unknown(MetaLeadErrors.explain(httpStatus, lead));
        }
        List<Answer> answers = answers(lead.path("field_data"));
        FilledForm filled = FilledForm.of(lead, answers, settings);
        String id = JsonBody.text(lead.get("id"));
        String leadId = id != null ? id : fetch.factId();
        filled.also("click.metaLeadId", leadId);
        filled.also("ad.campaignId", JsonBody.text(lead.get("campaign_id")));
        filled.also("ad.campaignName", JsonBody.text(lead.get("campaign_name")));
        filled.also("ad.adsetId", orKnown(lead, "adset_id", fetch, "adgroup_id"));
        filled.also("ad.adId", orKnown(lead, "ad_id", fetch, "ad_id"));
        filled.note("form_id", orKnown(lead, "form_id", fetch, "form_id"));
        filled.note("page_id", fetch.known().get("page_id"));
        for (String member : List.of("adset_name", "ad_name", "platform", "is_organic")) {
            filled.note(member, JsonBody.text(lead.get(member)));
        }
        boolean test = answers.stream().anyMatch(a -> a.last().startsWith(TEST_VALUE));
        return Reading.of(List.of(new Fact.FormFilled(
                leadId,
                ProviderTime.read(JsonBody.text(lead.get("created_time")), fetch.at(), null),
                filled.fields(),
                filled.others(),
                test)));
    }

    private static @Nullable String orKnown(ObjectNode lead, String member, Fact.Fetch fetch, String known) {
        String said = JsonBody.text(lead.get(member));
        return said != null ? said : fetch.known().get(known);
    }

    private static List<Answer> answers(JsonNode fieldData) {
        var answers = new ArrayList<Answer>();
        for (JsonNode field : fieldData) {
            String name = JsonBody.text(field.get("name"));
            List<String> values = JsonBody.texts(field.get("values"));
            if (name != null && !values.isEmpty() && answers.size() < 200) {
                answers.add(new Answer(List.of(name), name, name, values, false, null, About.PERSON));
            }
        }
        return answers;
    }
}
