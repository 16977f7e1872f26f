package kembali.demo.drive;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import kembali.demo.sample.Machine;
import kembali.demo.sample.Sample;
import kembali.demo.sample.Story;
import kembali.demo.sample.Visit;

/** Plays everybody's taps, and the machines' requests between them. */
final class Taps {
    private final Http http;
    private final URI server;
    private final Sample sample;
    private final Browsers browsers;
    private final Map<Integer, Browser.Chat> chats = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Integer>> newByAgent = new TreeMap<>();
    private final List<String> complaints = new ArrayList<>();
    private final AtomicInteger done = new AtomicInteger();

    Taps(Http http, URI server, Browsers browsers, Sample sample) {
        this.http = http;
        this.server = server;
        this.browsers = browsers;
        this.sample = sample;
    }

    void play(Progress progress) throws InterruptedException {
        int all = sample.taps() + sample.machines().size();
        for (int wave = 0; wave <= 1; wave++) {
            int now = wave;
            var parts = new ArrayList<Runnable>();
            for (Story story : sample.stories()) {
                List<Visit> visits =
                        story.visits().stream().filter(v -> v.wave() == now).toList();
                if (!visits.isEmpty()) {
                    parts.add(() -> visits.forEach(v -> {
                        tap(story, v);
                        progress.at(done.incrementAndGet(), all, "taps");
                    }));
                }
            }
            if (wave == 0) {
                int apart = Math.max(1, parts.size() / sample.machines().size());
                int at = 0;
                for (Machine machine : sample.machines()) {
                    parts.add(Math.min(at, parts.size()), () -> {
                        ask(machine);
                        progress.at(done.incrementAndGet(), all, "taps");
                    });
                    at += apart + 1;
                }
            }
            Crowd.each(parts, Runnable::run);
        }
    }

    /** Where a story's tap led. */
    Browser.Chat chat(Story story) {
        Browser.Chat chat = chats.get(story.no());
        if (chat == null) {
            throw new IllegalStateException("person " + story.no() + " never got into a chat");
        }
        return chat;
    }

    /** By rotator, then by agent's number: how many new visitors each was given. */
    Map<String, Map<String, Integer>> newByAgent() {
        return newByAgent;
    }

    /** What went otherwise than it must, in sentences. */
    List<String> complaints() {
        return complaints;
    }

    private void tap(Story story, Visit visit) {
        Browser browser = browsers.of(story);
        String known = browser.code();
        Browser.Chat chat = browser.tap(visit);
        Browser.Chat before = chats.get(story.no());
        if (chat == null) {
            complain("person " + story.no() + " tapped " + visit.rotator() + " and did not get into a chat");
        } else if (before == null) {
            chats.put(story.no(), chat);
            count(visit.rotator(), chat.agent());
            if (known != null && !known.equals(chat.code())) {
                complain("person " + story.no() + " was " + known + " on the page and " + chat.code() + " on the link");
            }
        } else if (!before.equals(chat)) {
            complain("person " + story.no() + " came back as " + chat.code() + " to " + chat.agent() + ", but was "
                    + before.code() + " with " + before.agent());
        }
    }

    private void ask(Machine machine) {
        var request = HttpRequest.newBuilder(URI.create(server + machine.target()))
                .method(machine.method(), HttpRequest.BodyPublishers.noBody());
        machine.headers().forEach(request::header);
        HttpResponse<String> answer = http.send(request);
        if (answer.statusCode() != machine.status()) {
            complain("the " + machine.name() + " was answered with " + answer.statusCode() + ", not "
                    + machine.status());
        }
        if (answer.headers().firstValue("Set-Cookie").isPresent() || Browser.chat(Browser.location(answer)) != null) {
            complain("the " + machine.name() + " was taken for a visitor");
        }
    }

    private synchronized void count(String rotator, String agent) {
        newByAgent.computeIfAbsent(rotator, r -> new TreeMap<>()).merge(agent, 1, Integer::sum);
    }

    private synchronized void complain(String sentence) {
        complaints.add(sentence);
    }
}
