package kembali.demo.drive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import kembali.demo.sample.Hit;
import kembali.demo.sample.Sample;
import kembali.demo.sample.Story;

/** Lets people look at the shop's pages, where the tracker tells every look. */
final class Pages {
    private final Browsers browsers;
    private final Sample sample;
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

    Pages(Browsers browsers, Sample sample) {
        this.browsers = browsers;
        this.sample = sample;
    }

    void play(String trackerKey, Progress progress) throws InterruptedException {
        var done = new AtomicInteger();
        List<Story> visitors =
                sample.stories().stream().filter(s -> !s.hits().isEmpty()).toList();
        Crowd.each(visitors, story -> {
            for (Hit hit : story.hits()) {
                show(story, hit, trackerKey);
                progress.at(done.incrementAndGet(), sample.hits(), "pages");
            }
        });
        for (Hit hit : sample.crawled()) {
            Browser robot = browsers.fresh();
            expect("a crawler's hit", "ignored", robot.send(hit, trackerKey));
            if (robot.code() != null) {
                complaints.add("a crawler was taken for a visitor by the tracker");
            }
        }
    }

    /** What went otherwise than it must, in sentences. */
    List<String> complaints() {
        return complaints;
    }

    private void show(Story story, Hit hit, String trackerKey) {
        Browser browser = browsers.of(story);
        String before = browser.code();
        for (int time = 1; time <= hit.times(); time++) {
            expect(
                    "hit " + hit.eventId() + " of person " + story.no(),
                    time == 1 ? "accepted" : "duplicate",
                    browser.send(hit, trackerKey));
            if (before != null && !before.equals(browser.code())) {
                complaints.add("person " + story.no() + " was " + before + " on one page and " + browser.code()
                        + " on the next");
            }
        }
    }

    private void expect(String what, String expected, String actual) {
        if (!expected.equals(actual)) {
            complaints.add(what + " was answered with " + actual + ", not " + expected);
        }
    }
}
