package kembali.inbound;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import kembali.account.Workspaces;
import kembali.capture.CodeFinder;
import kembali.capture.rotator.Agent;
import kembali.capture.rotator.Rotators;
import kembali.identity.PhoneNumbers;
import kembali.intake.FactRef;
import kembali.intake.FactResult;
import kembali.intake.FormFilled;
import kembali.intake.Intake;
import kembali.intake.MessageReceived;
import kembali.intake.StatusSaid;
import kembali.lead.ChatMessage;
import kembali.lead.Pipelines;
import kembali.support.Secrets;
import org.jspecify.annotations.Nullable;

/** Turns what requests tell into commands of intake. */
final class Applier {
    /** Their word has no status of ours. */
    static final String UNMAPPED = "status_unmapped";

    /** Forms that carry no id of their submission are one if they say the same within this time: an impatient finger. */
    private static final Duration ONE_SUBMISSION = Duration.ofMinutes(10);

    private static final Pattern WABA = Pattern.compile("\\d{5,20}");

    private final Kinds kinds;
    private final Intake intake;
    private final Workspaces workspaces;
    private final Pipelines pipelines;
    private final Rotators rotators;
    private final FormChecks forms;
    private final Secrets secrets;

    Applier(
            Kinds kinds,
            Intake intake,
            Workspaces workspaces,
            Pipelines pipelines,
            Rotators rotators,
            FormChecks forms,
            Secrets secrets) {
        this.kinds = kinds;
        this.intake = intake;
        this.workspaces = workspaces;
        this.pipelines = pipelines;
        this.rotators = rotators;
        this.forms = forms;
        this.secrets = secrets;
    }

    /**
     * Hands one fact in.
     *
     * @param number which fact of its request it is
     * @throws kembali.store.GroupCommit.OverloadedException when too much waits already
     */
    CompletableFuture<FactResult> apply(Source source, StoredRequest request, RawRequest raw, Fact fact, int number) {
        return switch (fact) {
            case Fact.Message m ->
                message(source, ref(source, request, "message", m.message().messageId()), m.message());
            case Fact.FormFilled f -> form(source, request, raw, f);
            case Fact.StatusSaid s -> status(source, request, s, number);
            case Fact.Ignored i -> aside("ignored", i.reason());
            case Fact.Fetch f -> aside("ignored", "What was fetched only points further.");
        };
    }

    private static CompletableFuture<FactResult> aside(String code, String reason) {
        return CompletableFuture.completedFuture(new FactResult.LeftAside(code, reason));
    }

    private FactRef ref(Source source, StoredRequest request, String what, String id) {
        return new FactRef(source.workspaceId(), source.id(), request.id(), key(what, id), request.replayed());
    }

    /** The key of what is fetched. */
    long fetchKey(Fact.Fetch fetch) {
        return key("fetch", fetch.factId());
    }

    private long key(String what, String id) {
        return secrets.lookupKey("fact/" + what, id);
    }

    private CompletableFuture<FactResult> message(Source source, FactRef ref, ChatMessage message) {
        learnAccount(source, message.business());
        String first = source.doc().firstMessageStatus();
        var rules = new MessageReceived.Rules(
                first != null && pipelines.knows(source.workspaceId(), first) ? first : null,
                source.doc().probableMatch());
        CodeFinder.Found codes = message.direction() == ChatMessage.Direction.IN
                ? CodeFinder.find(message.text())
                : CodeFinder.Found.NOTHING;
        return intake.append(new MessageReceived(ref, message, codes.bracketed(), codes.bare(), rules));
    }

    /** Meta wants the account of the number a chat is with; the number's own requests say it. */
    private void learnAccount(Source source, ChatMessage.Business business) {
        String number = business.phoneE164();
        String account = business.wabaId();
        int ws = source.workspaceId();
        if (number == null || account == null || !WABA.matcher(account).matches()) {
            return;
        }
        if (rotators.whatsappAccount(ws, number) != null) {
            return;
        }
        for (Agent a : rotators.agentsOf(ws)) {
            if (a.phone().equals(number) && a.wabaId() == null) {
                rotators.save(new Agent(
                        ws, a.id(), a.name(), a.phone(), a.active(), account, a.hours(), a.createdAt(), a.updatedAt()));
            }
        }
    }

    private CompletableFuture<FactResult> form(
            Source source, StoredRequest request, RawRequest raw, Fact.FormFilled form) {
        if (form.test()) {
            return aside("test", "The provider's test: it makes no lead.");
        }
        if (filledByMachine(source.doc().honeypot(), form.others())) {
            return aside("machine", "The field people do not see was filled in, so a machine sent this.");
        }
        var fields = new HashMap<>(form.fields());
        if (fromBrowser(source)) {
            addVisit(raw, fields);
        }
        String text = fields.remove(LeadFields.MESSAGE);
        FormChecks.Checked checked = forms.check(source.workspaceId(), fields, form.at());
        return intake.append(new FormFilled(
                ref(source, request, "form", submission(form, request)),
                checked.submission(),
                form.at(),
                source.kind(),
                text,
                form.others(),
                checked.notes()));
    }

    private boolean fromBrowser(Source source) {
        Kind kind = kinds.find(source.kind());
        return kind != null && kind.fromBrowsers();
    }

    private static boolean filledByMachine(String honeypot, Map<String, String> others) {
        return others.entrySet().stream()
                .anyMatch(e ->
                        e.getKey().equalsIgnoreCase(honeypot) && !e.getValue().isBlank());
    }

    /** The browser that posted the form is the person's own. */
    private static void addVisit(RawRequest raw, Map<String, String> fields) {
        String address = raw.header(InboundHandler.ADDRESS_HEADER);
        if (address == null) {
            return;
        }
        fields.putIfAbsent("web.ip", address);
        String agent = raw.header("user-agent");
        if (agent != null) {
            fields.putIfAbsent("web.userAgent", agent);
        }
        String page = raw.header("referer");
        if (page != null && page.startsWith("http")) {
            fields.putIfAbsent("web.pageUrl", page);
        }
    }

    private static String submission(Fact.FormFilled form, StoredRequest request) {
        String id = form.submissionId();
        if (id != null && !id.isBlank()) {
            return "id " + id;
        }
        long when = request.receivedAt().toEpochMilli() / ONE_SUBMISSION.toMillis();
        return "content " + when + new TreeMap<>(form.fields()) + new TreeMap<>(form.others());
    }

    private CompletableFuture<FactResult> status(
            Source source, StoredRequest request, Fact.StatusSaid said, int number) {
        int ws = source.workspaceId();
        String word = said.word().strip().toLowerCase(Locale.ROOT);
        String status = source.doc().statusMap().get(word);
        if (status == null || !pipelines.knows(ws, status)) {
            return aside(UNMAPPED, "No status is mapped to \"" + shown(word) + "\"; add it to the source's statusMap.");
        }
        String phone = said.phone();
        var number164 = phone == null
                ? null
                : PhoneNumbers.fromPerson(phone, workspaces.get(ws).defaultCountry());
        BigDecimal value = said.value();
        return intake.append(new StatusSaid(
                ref(source, request, "status", said.factId() == null ? request.id() + "#" + number : said.factId()),
                status,
                said.at(),
                number164 == null ? null : number164.e164(),
                filled(said.email()),
                filled(said.externalRef()),
                value == null || value.signum() < 0 ? null : value,
                currency(said.currency())));
    }

    private static @Nullable String filled(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static @Nullable String currency(@Nullable String code) {
        if (code == null) {
            return null;
        }
        try {
            return java.util.Currency.getInstance(code.strip().toUpperCase(Locale.ROOT))
                    .getCurrencyCode();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String shown(String word) {
        return word.length() > 40 ? word.substring(0, 40) + "…" : word;
    }
}
