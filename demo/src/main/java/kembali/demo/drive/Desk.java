package kembali.demo.drive;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import kembali.demo.sample.Beginning;
import kembali.demo.sample.Person;
import kembali.demo.sample.Sample;
import kembali.demo.sample.Step;
import kembali.demo.sample.Story;
import org.jspecify.annotations.Nullable;

/** What CS people, forms and imports do through the API. */
final class Desk {
    private final Api api;
    private final Sample sample;
    private final Function<Story, String> codes;
    private final Map<Integer, String> ids = new ConcurrentHashMap<>();
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

    /** @param codes the visitor code of somebody who was on a page or link */
    Desk(Api api, Sample sample, Function<Story, String> codes) {
        this.api = api;
        this.sample = sample;
        this.codes = codes;
    }

    /** Sends the leads that did not come by a tap. */
    void submit() throws InterruptedException {
        var alone = new ArrayList<Story>();
        var rows = new ArrayList<Story>();
        for (Story s : sample.stories()) {
            if (s.beginning() instanceof Beginning.Submitted lead) {
                (lead.how() == Beginning.How.BULK ? rows : alone).add(s);
            }
        }
        Crowd.each(alone, this::submitAlone);
        submitRows(rows);
    }

    private void submitAlone(Story story) {
        if (!(story.beginning() instanceof Beginning.Submitted lead)) {
            return;
        }
        String key = "demo-lead-" + story.no();
        String id = api.post("/leads", lead.lead(), key).path("id").asText();
        ids.put(story.no(), id);
        if (lead.how() == Beginning.How.ALONE_TWICE) {
            String second = api.post("/leads", lead.lead(), key).path("id").asText();
            if (!second.equals(id)) {
                complaints.add("a lead sent twice with one idempotency key became two: " + id + " and " + second);
            }
        }
    }

    /** All in one request; in the middle of them a row that is wrong. */
    private void submitRows(List<Story> stories) {
        int broken = stories.size() / 2;
        var items = new ArrayList<Map<String, Object>>();
        for (Story s : stories) {
            if (s.beginning() instanceof Beginning.Submitted lead) {
                items.add(lead.lead());
            }
        }
        items.add(broken, sample.brokenRow());
        JsonNode answer = api.post("/leads/bulk", Map.of("items", items)).path("items");
        for (JsonNode row : answer) {
            int index = row.path("index").asInt();
            String id = row.path("id").asText("");
            if (index == broken) {
                if (!id.isEmpty() || row.path("errors").isEmpty()) {
                    complaints.add("the wrong row of the bulk request was not refused: " + row);
                }
            } else if (id.isEmpty()) {
                complaints.add("row " + index + " of the bulk request was refused: " + row);
            } else {
                ids.put(stories.get(index < broken ? index : index - 1).no(), id);
            }
        }
    }

    /** Plays the steps of everybody who needs no special moment. */
    void work(Progress progress) throws InterruptedException {
        List<Story> busy = sample.stories().stream()
                .filter(s -> !s.alone() && !s.steps().isEmpty())
                .toList();
        int all = busy.stream().mapToInt(s -> s.steps().size()).sum();
        var done = new AtomicInteger();
        Crowd.each(
                busy,
                story -> story.steps().forEach(step -> {
                    play(story, step);
                    progress.at(done.incrementAndGet(), all, "steps of CS");
                }));
    }

    void play(Story story, Step step) {
        String lead = "/leads/" + lead(story);
        switch (step) {
            case Step.Describe d -> api.patch(lead, body(d.person()));
            case Step.Upsert u -> upsert(story, u.person());
            case Step.Deny d -> api.patch(lead, Map.of("consent", Map.of("adUserData", "denied")));
            case Step.Reach r -> reach(lead, r);
            case Step.Singled s -> reach(lead, s.reach());
        }
    }

    List<String> complaints() {
        return complaints;
    }

    private void upsert(Story story, Person person) {
        String expected = api.get("/leads/" + lead(story)).path("id").asText();
        String found = api.post("/leads/upsert", body(person)).path("id").asText();
        if (!found.equals(expected)) {
            complaints.add("the number " + person.phone() + " was not recognised as that of lead " + expected);
        }
    }

    private void reach(String lead, Step.Reach r) {
        if (r.atOnce() == 1) {
            api.put(lead + "/status", body(r));
            return;
        }
        Callable<TreeSet<String>> said = () -> {
            var deliveries = new TreeSet<String>();
            api.put(lead + "/status", body(r))
                    .path("deliveries")
                    .forEach(d -> deliveries.add(d.path("id").asText()));
            return deliveries;
        };
        try (var pool = Executors.newFixedThreadPool(r.atOnce())) {
            var answers = pool.invokeAll(Collections.nCopies(r.atOnce(), said));
            var different = new TreeSet<String>();
            for (var answer : answers) {
                different.add(answer.get().toString());
            }
            if (different.size() != 1) {
                complaints.add(r.status() + " said by " + r.atOnce() + " people at once made different deliveries: "
                        + different);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException refused ? refused : new IllegalStateException(e.getCause());
        }
    }

    /** The lead's id, or, of somebody who was on a page or link, the visitor code. */
    String lead(Story story) {
        String id = ids.get(story.no());
        return id != null ? id : codes.apply(story);
    }

    /** Looks up by their numbers who became a lead by writing. */
    void findWriters() throws InterruptedException {
        List<Story> writers = sample.stories().stream()
                .filter(s -> s.beginning() instanceof Beginning.Wrote)
                .toList();
        Crowd.each(writers, story -> {
            String number = "%2B" + Sample.onWhatsApp(story.no()).phoneDigits();
            ids.put(story.no(), api.get("/leads/" + number).path("id").asText());
        });
    }

    /** How many messages all those who wrote have on their leads' timelines. */
    int messages() throws InterruptedException {
        var count = new AtomicInteger();
        List<Story> writers =
                sample.stories().stream().filter(s -> !s.messages().isEmpty()).toList();
        Crowd.each(
                writers,
                story -> count.addAndGet(
                        api.all("/leads/" + lead(story) + "/messages").size()));
        return count.get();
    }

    private static Map<String, Object> body(Person p) {
        var body = new LinkedHashMap<String, Object>();
        put(body, "name", p.name());
        put(body, "phone", p.phone());
        put(body, "email", p.email());
        put(body, "city", p.city());
        return body;
    }

    private static Map<String, Object> body(Step.Reach r) {
        var body = new LinkedHashMap<String, Object>();
        body.put("status", r.status());
        put(body, "estimatedValue", r.estimated());
        put(body, "actualValue", r.actual());
        put(body, "orderId", r.orderId());
        if (r.estimated() != null || r.actual() != null) {
            body.put("currency", "IDR");
        }
        if (r.repeat()) {
            body.put("repeat", true);
        }
        if (r.daysAgo() > 0) {
            body.put(
                    "occurredAt",
                    Instant.now().minus(Duration.ofDays(r.daysAgo())).toString());
        }
        return body;
    }

    private static void put(Map<String, Object> body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value);
        }
    }
}
