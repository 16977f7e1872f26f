package kembali.demo.drive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kembali.demo.sample.Beginning;
import kembali.demo.sample.Sample;
import kembali.demo.sample.Story;

/** Posts the form of the shop's page from people's browsers, with what the tracker filled in. */
final class Forms {
    private static final int SENT_ON = 303;

    private final Browsers browsers;
    private final Sample sample;
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

    Forms(Browsers browsers, Sample sample) {
        this.browsers = browsers;
        this.sample = sample;
    }

    void play(Shop shop) throws InterruptedException {
        List<Story> people = sample.stories().stream()
                .filter(s -> s.beginning() instanceof Beginning.Filled)
                .toList();
        Crowd.each(people, story -> {
            if (story.beginning() instanceof Beginning.Filled form) {
                Browser browser = browsers.of(story);
                var fields = new LinkedHashMap<>(form.fields());
                fields.put("visitor", browsers.code(story));
                for (int time = 0; time < form.times(); time++) {
                    expect(
                            "the form of person " + story.no(),
                            browser.post(shop.source(Shop.FORM), fields, form.headers()));
                }
            }
        });
        for (int i = 0; i < Sample.TRAPPED; i++) {
            // A machine fills in every input, also the one people do not see, and is told nothing.
            Map<String, String> fields = Map.of(
                    "nama", "Best SEO " + i, "email", "seo" + i + "@example.com", "kmb_trap", "https://seo.example");
            Map<String, String> headers = Map.of(
                    "User-Agent",
                    "Mozilla/5.0 (Windows NT 10.0; Win64; x64)",
                    "X-Forwarded-For",
                    "198.51.100.25" + i,
                    "Origin",
                    Sample.SHOP,
                    "Sec-Fetch-Mode",
                    "navigate");
            expect("a machine's form", browsers.fresh().post(shop.source(Shop.FORM), fields, headers));
        }
    }

    /** What went otherwise than it must, in sentences. */
    List<String> complaints() {
        return complaints;
    }

    private void expect(String what, int status) {
        if (status != SENT_ON) {
            complaints.add(what + " was answered with " + status + ", not " + SENT_ON);
        }
    }
}
