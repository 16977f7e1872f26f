package kembali.capture.rotator;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import kembali.account.Workspaces;
import kembali.capture.RequestKind;
import kembali.capture.link.MachineCounts;
import kembali.capture.link.VisitReader;
import kembali.capture.rotator.Outcomes.Outcome;
import kembali.capture.rotator.form.FormEntry;
import kembali.capture.rotator.form.LeadForm;
import kembali.capture.rotator.form.Meaning;
import kembali.capture.rotator.page.FormPage;
import kembali.capture.rotator.page.RotatorPages;
import kembali.figures.LinkCount;
import kembali.intake.RotatorFormSent;
import kembali.visitor.QueryString;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /wa/{slug}}: takes the form a rotator shows before the chat. A page of somebody else's that sends it
 * brings no cookie (SameSite=Lax), so it can make a lead, as any form can, and touches nobody's.
 */
final class FormHandler {
    /** Forms a minute from one address that are taken: people of one office type slower than that. */
    static final int MOST_A_MINUTE = 20;

    private static final int LONGEST_BODY = 16_000;
    private static final int LONGEST_ANSWERS = 4_000;

    private final Workspaces workspaces;
    private final VisitReader reader;
    private final Chats chats;
    private final ClickStore store;
    private final InstantSource clock;
    private final MachineCounts machines;
    private final Outcomes outcomes;
    private final Cache<InetAddress, AtomicInteger> sent;

    FormHandler(
            Workspaces workspaces,
            VisitReader reader,
            Chats chats,
            ClickStore store,
            InstantSource clock,
            MachineCounts machines,
            Outcomes outcomes) {
        this.workspaces = workspaces;
        this.reader = reader;
        this.chats = chats;
        this.store = store;
        this.clock = clock;
        this.machines = machines;
        this.outcomes = outcomes;
        this.sent = Caffeine.newBuilder()
                .expireAfterWrite(Duration.ofMinutes(1))
                .maximumSize(10_000)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    void handle(RoutingContext routing, LinkFinder.Found found, LeadForm form) {
        HttpServerRequest request = routing.request();
        if (!(RequestKind.ofHit(request::getHeader) instanceof RequestKind.Human)) {
            machine(request, found);
            return;
        }
        String type = request.getHeader("Content-Type");
        if (type == null || !type.strip().toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
            outcomes.count(Outcome.FORM_WRONG);
            RotatorPages.refused(request.response(), 415, "Send the form as application/x-www-form-urlencoded");
            return;
        }
        var body = Buffer.buffer();
        request.handler(part -> {
            if (body.length() <= LONGEST_BODY) {
                body.appendBuffer(part);
            }
        });
        request.endHandler(v -> {
            if (body.length() > LONGEST_BODY) {
                outcomes.count(Outcome.FORM_WRONG);
                RotatorPages.refused(request.response(), 413, "The form is too long");
            } else {
                take(routing, found, form, QueryString.parse(body.toString(StandardCharsets.UTF_8)));
            }
        });
        request.resume();
    }

    private void take(RoutingContext routing, LinkFinder.Found found, LeadForm form, QueryString fields) {
        HttpServerRequest request = routing.request();
        Rotators.Ready ready = found.ready();
        int workspace = ready.rotator().workspaceId();
        FormEntry entry = FormEntry.read(form, fields, workspaces.get(workspace).defaultCountry());
        if (entry.machine()) {
            machine(request, found);
            return;
        }
        String visit = reader.checked(workspace, fields.get(FormEntry.VISIT));
        if (!entry.isGood()) {
            outcomes.count(Outcome.FORM_WRONG);
            FormPage.send(request.response(), 422, form, entry, visit);
            return;
        }
        if (isTooOften(request)) {
            outcomes.count(Outcome.FORM_LIMITED);
            request.response().putHeader("Retry-After", "60");
            FormPage.send(request.response(), 429, form, entry, visit);
            return;
        }
        VisitReader.Read read = reader.read(request, found.link(), RotatorHandler.opened(request, found), visit);
        Chats.Plan plan = chats.plan(ready, read);
        var command = new RotatorFormSent(
                read.visit(),
                plan.chat(),
                new RotatorFormSent.Details(
                        entry.name(form),
                        entry.value(form, Meaning.EMAIL),
                        entry.value(form, Meaning.PHONE),
                        entry.phoneE164(),
                        entry.value(form, Meaning.CITY)),
                answers(form, entry),
                entry.consented());
        store.store(routing, command, plan, clicked -> {
            outcomes.count(Outcome.FORM_SENT);
            chats.answer(request, ready, read, plan, clicked, entry.values());
        });
    }

    /** To a machine it looks as if all went well. */
    private void machine(HttpServerRequest request, LinkFinder.Found found) {
        outcomes.count(Outcome.FORM_MACHINE);
        machines.add(found.link(), LinkCount.CRAWLERS);
        chats.follow(request.response(), found.ready(), clock.instant());
    }

    private boolean isTooOften(HttpServerRequest request) {
        InetAddress address = reader.address(request);
        if (address == null) {
            return false;
        }
        AtomicInteger n = sent.get(address, a -> new AtomicInteger());
        return n != null && n.incrementAndGet() > MOST_A_MINUTE;
    }

    /** The advertiser's own questions with their answers, a line each. */
    private static @Nullable String answers(LeadForm form, FormEntry entry) {
        Map<String, String> values = entry.values();
        String lines = form.fields().stream()
                .filter(f -> f.meaning() == Meaning.OWN && values.containsKey(f.key()))
                .map(f -> (f.label() == null ? f.key() : f.label()) + ": " + values.get(f.key()))
                .collect(Collectors.joining("\n"));
        return lines.isEmpty() ? null : lines.length() > LONGEST_ANSWERS ? lines.substring(0, LONGEST_ANSWERS) : lines;
    }
}
