package kembali.inbound.whatsapp;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import kembali.identity.PhoneNumbers;
import kembali.inbound.Fact;
import kembali.inbound.JsonTree;
import kembali.inbound.LeadFields;
import kembali.inbound.ProviderTime;
import kembali.inbound.RawRequest;
import kembali.inbound.Reading;
import kembali.inbound.SourceForm;
import kembali.inbound.SourceForm.Field;
import kembali.inbound.SourceSettings;
import org.jspecify.annotations.Nullable;

/**
 * Kommo: fields with bracket keys. Stages are numbers per pipeline and become the word
 * {@code <pipeline>:<stage>}. A message names a contact only; the phone number is fetched from the account's own
 * host, whose name is checked to be one label of {@code kommo.com}, so that the token goes nowhere else.
 */
public final class KommoKind extends ChatKind {
    private static final Pattern SUBDOMAIN = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern ID = Pattern.compile("[0-9]{1,19}");

    private static final List<String> OTHER_CHANNELS = List.of(
            "telegram",
            "instagram",
            "facebook",
            "messenger",
            "viber",
            "avito",
            "tiktok",
            "email",
            "mail",
            "livechat",
            "live_chat",
            "onlinechat",
            "online_chat",
            "vk");

    public KommoKind() {
        super(
                "kommo",
                "Kommo",
                new SourceForm(
                        List.of(
                                new Field(
                                        "accessToken",
                                        "Long-lived token",
                                        "Kommo, Settings, Integrations, your private integration, Keys and scopes. Lets"
                                                + " Kembali look up the phone number of whoever wrote; without it only stages"
                                                + " are read.",
                                        false),
                                Fields.businessNumber(true),
                                Fields.statusMap(
                                        "What a stage means for the lead, written pipeline:stage, for example"
                                                + " 7654321:142. In every pipeline 142 is closed - won and 143 closed - lost.")),
                        List.of(
                                "In Kommo open Settings, Integrations, Web hooks, and add a web hook.",
                                "Enter {url} and choose Lead status changed and Incoming message added.",
                                "Open a pipeline to see its number in the address; the numbers of stages are shown by"
                                        + " Kembali when the first deal reaches one.",
                                "Move a deal to another stage, and write a message to your number."),
                        List.of(
                                "Kommo signs nothing: the address is the password. Do not share it.",
                                "A stage reaches a lead through the deal's number, its external reference. Kembali learns it"
                                        + " when the first message of the deal is looked up, or from you.",
                                "Kommo switches a web hook off that fails for hours.")));
    }

    @Override
    public Reading read(RawRequest request, SourceSettings settings, Instant receivedAt) {
        JsonTree body = request.mediaType().equals("application/json")
                ? JsonTree.parse(request.body())
                : BracketForm.of(request).tree();
        JsonTree leads = body.get("leads");
        JsonTree messages = body.at("message", "add");
        if (!leads.isThere() && !body.get("message").isThere()) {
            return body.get("account").isThere()
                    ? Reading.nothing("Neither a deal nor a message.")
                    : Reading.unknown("The body has neither \"leads\" nor \"message\": not a web hook of Kommo's.");
        }
        List<Fact> facts = new ArrayList<>();
        for (JsonTree moved : leads.get("status").each()) {
            facts.add(moved(moved, settings, receivedAt));
        }
        String subdomain = subdomain(body.get("account"));
        for (JsonTree message : messages.each()) {
            facts.add(message(message, subdomain, settings, receivedAt));
        }
        return reading(facts, "No deal changed its stage and no message came.");
    }

    private static Fact moved(JsonTree lead, SourceSettings settings, Instant receivedAt) {
        String id = lead.text("id");
        String pipeline = lead.text("pipeline_id");
        String status = lead.text("status_id");
        if (!isId(status) || !isId(pipeline)) {
            return new Fact.Ignored("A deal without pipeline and stage.");
        }
        String said = lead.text("last_modified", "updated_at", "date_create");
        String word = pipeline + ":" + status;
        return new Fact.StatusSaid(
                id == null || said == null ? null : Clip.id("lead:" + id + ":" + word + ":" + said),
                ProviderTime.read(said, receivedAt, settings.defaultCountry()),
                word,
                null,
                null,
                Clip.id(id),
                price(lead.text("price")),
                null);
    }

    private static Fact message(
            JsonTree message, @Nullable String subdomain, SourceSettings settings, Instant receivedAt) {
        JsonTree author = message.get("author");
        String type = message.text("type");
        String origin = message.text("origin");
        if ("outgoing".equalsIgnoreCase(type) || "internal".equalsIgnoreCase(author.text("type"))) {
            return new Fact.Ignored("A message of your own people; Kembali reads what customers write.");
        }
        if ("bot".equalsIgnoreCase(author.text("type"))) {
            return new Fact.Ignored("A message of the bot.");
        }
        String channel = origin == null ? "" : origin.toLowerCase(Locale.ROOT);
        if (OTHER_CHANNELS.stream().anyMatch(channel::contains)) {
            return new Fact.Ignored("The message did not come by WhatsApp but by \"" + Clip.name(origin) + "\".");
        }
        String contact = contact(message);
        String id = message.text("id");
        if (subdomain == null) {
            return new Fact.Ignored(
                    "The request does not name the account (account[subdomain]), so the contact cannot be"
                            + " looked up.");
        }
        if (contact == null || id == null) {
            return new Fact.Ignored("The message names no contact.");
        }
        Map<String, String> known = new HashMap<>();
        put(known, "messageId", Clip.id(id));
        put(known, "text", Clip.message(message.text("text")));
        put(known, "name", Clip.name(author.text("name")));
        put(known, "origin", Clip.id(origin));
        put(known, "attachment", message.at("attachment", "type").text());
        put(known, "lead", lead(message));
        return new Fact.Fetch(
                Objects.requireNonNull(Clip.id("message:" + id)),
                "https://" + subdomain + ".kommo.com/api/v4/contacts/" + contact,
                true,
                ProviderTime.read(message.text("created_at"), receivedAt, settings.defaultCountry()),
                known);
    }

    /** The message again, now with the phone number; and the deal's number, by which stages find the lead. */
    @Override
    public Reading readFetched(Fact.Fetch fetch, int httpStatus, byte[] body, SourceSettings settings) {
        if (httpStatus == 204 || httpStatus == 404) {
            return Reading.nothing("Kommo no longer has this contact.");
        }
        if (httpStatus == 401 || httpStatus == 403) {
            return Reading.unknown("Kommo refused the token: make a new long-lived token and save it with the source.");
        }
        if (httpStatus != 200) {
            return Reading.unknown("Kommo answered " + httpStatus + " when asked for the contact.");
        }
        JsonTree contact = JsonTree.parse(body);
        if (!contact.isObject()) {
            return Reading.unknown("Kommo's answer is not JSON.");
        }
        String phone = phone(contact, settings);
        String name = Clip.name(contact.text("name"));
        Map<String, String> known = fetch.known();
        String attachment = known.get("attachment");
        Fact message = new ChatDraft(key(), settings, fetch.at())
                .id(known.getOrDefault("messageId", fetch.factId()))
                .at(fetch.at().toString())
                .customer(phone)
                .name(name == null ? known.get("name") : name)
                .channelId(known.get("origin"))
                .type(MessageType.of(attachment))
                .text(known.get("text"))
                .fact();
        String lead = known.get("lead");
        if (phone == null || lead == null || !(message instanceof Fact.Message)) {
            return reading(message);
        }
        Map<String, String> fields = new HashMap<>();
        fields.put(LeadFields.PHONE, phone);
        fields.put(LeadFields.EXTERNAL_REF, lead);
        put(fields, LeadFields.NAME, name);
        put(fields, LeadFields.EMAIL, value(contact, "EMAIL"));
        return reading(List.of(message, new Fact.FormFilled("deal:" + lead, fetch.at(), fields, Map.of(), false)), "");
    }

    private static @Nullable String phone(JsonTree contact, SourceSettings settings) {
        for (JsonTree field : contact.get("custom_fields_values").each()) {
            if (!"PHONE".equalsIgnoreCase(field.text("field_code", "code"))) {
                continue;
            }
            for (JsonTree value : field.get("values").each()) {
                String text = value.text("value");
                PhoneNumbers.Phone phone =
                        text == null ? null : PhoneNumbers.fromPerson(text, settings.defaultCountry());
                if (phone != null) {
                    return phone.e164();
                }
            }
        }
        return null;
    }

    private static @Nullable String value(JsonTree contact, String code) {
        for (JsonTree field : contact.get("custom_fields_values").each()) {
            if (code.equalsIgnoreCase(field.text("field_code", "code"))) {
                return field.get("values").get("value").text();
            }
        }
        return null;
    }

    private static @Nullable String contact(JsonTree message) {
        String id = message.text("contact_id");
        String entity = message.text("entity_type");
        if (id == null && entity != null && entity.toLowerCase(Locale.ROOT).startsWith("contact")) {
            id = message.text("entity_id", "element_id");
        }
        return isId(id) ? id : null;
    }

    private static @Nullable String lead(JsonTree message) {
        String entity = message.text("entity_type");
        boolean lead = entity != null && entity.toLowerCase(Locale.ROOT).startsWith("lead");
        String id = lead ? message.text("entity_id", "element_id") : null;
        return isId(id) ? id : null;
    }

    /** The account's label below kommo.com; null when it is anything that could lead elsewhere. */
    private static @Nullable String subdomain(JsonTree account) {
        String said = account.text("subdomain");
        String label = said == null ? "" : said.toLowerCase(Locale.ROOT);
        return SUBDOMAIN.matcher(label).matches() ? label : null;
    }

    private static boolean isId(@Nullable String text) {
        return text != null && ID.matcher(text).matches();
    }

    /** A deal's price; Kommo writes 0 where nobody entered one. */
    private static @Nullable BigDecimal price(@Nullable String text) {
        if (text == null || !text.matches("[0-9]{1,15}(\\.[0-9]{1,6})?")) {
            return null;
        }
        BigDecimal price = new BigDecimal(text);
        return price.signum() == 0 ? null : price;
    }

    private static void put(Map<String, String> map, String name, @Nullable String value) {
        if (value != null) {
            map.put(name, value);
        }
    }
}
