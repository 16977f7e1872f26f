package kembali.inbound.form;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
import org.jspecify.annotations.Nullable;

/**
 * Any form and any backend: Elementor (simple and advanced), Contact Form 7, WPForms, own HTML forms, JSON.
 * Fields are recognised by their names; a list of objects is a list of submissions.
 */
public final class AnyForm implements Kind {
    /** Submissions read of one request. */
    private static final int MOST_SUBMISSIONS = 100;

    /** An input people do not see: filled in, a machine did it. */
    private static final String TRAP = "kmb_trap";

    private static final Set<String> SUBMISSION_IDS = Set.of("submissionid", "entryid", "responseid");
    private static final Set<String> TIMES = Set.of("submittedat", "createdat", "occurredat");

    private static final SourceForm FORM = new SourceForm(
            List.of(
                    new SourceForm.Field(
                            "fieldMap",
                            "Field map",
                            "Only for fields that are not recognised by their name: our field on the left, the form's"
                                    + " name or the path to it on the right, such as customer.wa_number.",
                            false),
                    new SourceForm.Field(
                            "statusMap",
                            "Status map",
                            "Where status is in the field map: their word on the left, your status on the right.",
                            false),
                    new SourceForm.Field(
                            "redirectUrl",
                            "Page after sending",
                            "Where a browser goes after a plain HTML form was sent; empty shows a short thank you.",
                            false),
                    new SourceForm.Field(
                            "secret",
                            "Secret",
                            "For backends and webhook tools only. Send it as X-Webhook-Secret, or send"
                                    + " X-Kembali-Signature: sha256= and the HMAC-SHA256 of the body in hexadecimal.",
                            false)),
            List.of(
                    "Elementor: Actions After Submit, add Webhook, paste {url}. With or without Advanced Data.",
                    "Contact Form 7 or WPForms: in a webhook add-on paste {url}, method POST, JSON or form data.",
                    "Your own HTML form: <form method=\"post\" action=\"{url}\">.",
                    "Your own backend: POST JSON to {url}, with names such as name, phone, email, visitor.",
                    "With the tracker on the page, hidden inputs named visitor, page_url, fbclid, gclid, _fbc and _fbp are"
                            + " filled in by it and join the form to the click."),
            List.of(
                    "A form is not signed: whoever knows the address can send to it. Give it to nobody but the form.",
                    "A secret cannot be kept in a page: set one only if no browser posts to this address.",
                    "An amount such as 1.500 is read as one thousand five hundred."));

    @Override
    public String key() {
        return "form";
    }

    @Override
    public String title() {
        return "Form or JSON";
    }

    @Override
    public SourceForm form() {
        return FORM;
    }

    @Override
    public boolean fromBrowsers() {
        return true;
    }

    @Override
    public Authenticity check(RawRequest request, SourceKeys keys, Instant now) {
        String secret = keys.secret();
        if (secret == null || !Signatures.isSet(secret)) {
            return new Authenticity.Unsigned();
        }
        for (String header : List.of("x-kembali-signature", "x-hub-signature-256")) {
            String signature = request.header(header);
            if (signature != null) {
                return Signatures.isHex(signature, "sha256=", Signatures.hmacSha256(secret, request.body()))
                        ? new Authenticity.Genuine()
                        : new Authenticity.Forged("The signature in " + header
                                + " does not fit the body; sign the bytes exactly as they are sent.");
            }
        }
        String bearer = request.header("authorization");
        boolean known = Signatures.same(secret, request.header("x-webhook-secret"))
                || (bearer != null
                        && bearer.regionMatches(true, 0, "Bearer ", 0, 7)
                        && Signatures.same(secret, bearer.substring(7).strip()));
        return known
                ? new Authenticity.Genuine()
                : new Authenticity.Forged(
                        "This source has a secret, and the request carries neither it in X-Webhook-Secret"
                                + " nor a signature in X-Kembali-Signature.");
    }

    @Override
    public Reading read(RawRequest request, SourceSettings settings, Instant receivedAt) {
        if (request.body().length == 0 && request.query().isEmpty()) {
            return Reading.nothing("The request was empty.");
        }
        JsonNode body = body(request);
        if (body == null || !body.isContainerNode()) {
            return Reading.unknown("The body is neither JSON nor a form.");
        }
        var facts = new ArrayList<Fact>();
        String reason = null;
        int left = 0;
        for (JsonNode submission : submissions(body)) {
            if (facts.size() >= MOST_SUBMISSIONS) {
                left++;
                continue;
            }
            List<Answer> answers = Answers.in(submission);
            if (answers.isEmpty()) {
                continue;
            }
            if (answers.stream().anyMatch(a -> a.names().contains(TRAP))) {
                facts.add(new Fact.Ignored("The hidden input " + TRAP + " was filled in: a machine sent this form."));
                continue;
            }
            String id = named(answers, SUBMISSION_IDS);
            Instant at = ProviderTime.read(named(answers, TIMES), receivedAt, null);
            FilledForm filled = FilledForm.of(submission, withoutEnvelope(answers), settings);
            browser(request, filled);
            if (!filled.identifies()) {
                reason = "No phone number, e-mail, name or visitor code was recognised; name the form's fields in the"
                        + " source's field map.";
            }
            facts.add(new Fact.FormFilled(id, at, filled.fields(), filled.others(), false));
        }
        if (left > 0) {
            reason = "Only the first " + MOST_SUBMISSIONS + " submissions were read; send the other " + left
                    + " in requests of their own.";
        }
        return facts.isEmpty() ? Reading.nothing("The form was empty.") : new Reading(facts, reason, true);
    }

    /** A script gets JSON, a person's browser a line to read. */
    @Override
    public Reply taken(RawRequest request) {
        String accept = request.header("accept");
        boolean script = request.header("x-requested-with") != null
                || request.mediaType().endsWith("json")
                || (accept != null && accept.toLowerCase(Locale.ROOT).contains("application/json"));
        if (script) {
            return new Reply(200, "application/json; charset=utf-8", "{\"ok\":true}");
        }
        return fromBrowser(request) ? Reply.text(200, "Terima kasih. Thank you.") : Reply.OK;
    }

    /** A list of objects is a list of submissions, unless they are the answers of one: they have a name and a value. */
    private static Iterable<JsonNode> submissions(JsonNode body) {
        boolean list = body.isArray() && !body.isEmpty() && body.get(0).isObject() && !Answers.describes(body.get(0));
        return list ? body : List.of(body);
    }

    private static @Nullable JsonNode body(RawRequest request) {
        byte[] bytes = request.body();
        if (bytes.length == 0) {
            return request.query().isEmpty() ? null : form(FormBody.ofQuery(request.query()));
        }
        String type = request.mediaType();
        if (!type.startsWith("multipart/")) {
            JsonNode json = looksLikeJson(bytes) ? JsonBody.read(bytes) : null;
            if (json != null || type.endsWith("json")) {
                return json;
            }
        }
        return form(FormBody.of(request));
    }

    private static @Nullable JsonNode form(FormBody form) {
        return form.fields().isEmpty() ? null : form.tree();
    }

    /** Many tools send JSON under any media type. */
    private static boolean looksLikeJson(byte[] body) {
        boolean mark = body.length > 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF;
        int i = mark ? 3 : 0;
        while (i < body.length && (body[i] == ' ' || body[i] == '\n' || body[i] == '\r' || body[i] == '\t')) {
            i++;
        }
        return i < body.length && (body[i] == '{' || body[i] == '[');
    }

    /** What a person's own browser says of itself, where the form did not; a server's headers are about the server. */
    private static void browser(RawRequest request, FilledForm filled) {
        if (fromBrowser(request)) {
            filled.also("web.pageUrl", request.header("referer"));
            filled.also("web.userAgent", request.header("user-agent"));
        }
    }

    private static boolean fromBrowser(RawRequest request) {
        return request.header("sec-fetch-mode") != null || request.header("origin") != null;
    }

    /** Without what is told apart from the answers. */
    private static List<Answer> withoutEnvelope(List<Answer> answers) {
        return answers.stream()
                .filter(a -> a.names().stream()
                        .map(FieldNames::normal)
                        .noneMatch(n -> SUBMISSION_IDS.contains(n) || TIMES.contains(n)))
                .toList();
    }

    private static @Nullable String named(List<Answer> answers, Set<String> names) {
        for (Answer answer : answers) {
            for (String name : answer.names()) {
                if (names.contains(FieldNames.normal(name)) && answer.last().length() <= 200) {
                    return answer.last();
                }
            }
        }
        return null;
    }
}
