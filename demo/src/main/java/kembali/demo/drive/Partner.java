package kembali.demo.drive;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kembali.demo.sample.Beginning;
import kembali.demo.sample.Postback;
import kembali.demo.sample.Sample;
import kembali.demo.sample.Story;
import org.jspecify.annotations.Nullable;

/** A partner network: spreads the campaign link, and reports by postbacks what became of its clicks. */
final class Partner {
    private static final String KIND = Shop.POSTBACK;
    private static final String BOOKED = "200 OK";
    private static final String DUPLICATE = "200 OK duplicate";
    private static final String KEPT = "200 OK accepted";

    /** Where the campaign leads, as the shop wrote it and as it arrives. */
    private static final String DESTINATION = Sample.SHOP + "/partner?click={subid}&v={visitor_code}&ad={ad_id}";

    private static final Pattern ARRIVED =
            Pattern.compile(Pattern.quote(Sample.SHOP + "/partner?click=") + "([0-9a-z]+)&v=([A-Z]{3}\\d{4})&ad=.*");

    private final Http http;
    private final URI server;
    private final Api api;
    private final Browsers browsers;
    private final Sample sample;
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

    Partner(Http http, URI server, Api api, Browsers browsers, Sample sample) {
        this.http = http;
        this.server = server;
        this.api = api;
        this.browsers = browsers;
        this.sample = sample;
    }

    /** Makes the campaign and the network's source. */
    Shop.Source open() {
        api.post(
                "/campaigns",
                Map.of("alias", Sample.CAMPAIGN, "name", "Partner Lebaran", "destinationUrl", DESTINATION));
        JsonNode made = api.post(
                "/sources", Map.of("kind", KIND, "name", "Jaringan Mitra", "defaultCurrency", Postback.CURRENCY));
        return Shop.source(made, server);
    }

    /** People click, the network reports. */
    void play(Shop shop, Progress progress) throws InterruptedException {
        URI address = shop.source(KIND);
        List<Story> stories = sample.stories().stream()
                .filter(s -> s.beginning() instanceof Beginning.Reported)
                .toList();
        Crowd.each(stories, story -> {
            if (story.beginning() instanceof Beginning.Reported reported) {
                String subid = click(story, reported.click());
                if (subid != null) {
                    reported.postbacks().forEach(p -> report(address, subid, p, "person " + story.no()));
                }
            }
        });
        for (int i = 0; i < Sample.ORPHANS; i++) {
            String nobodys = "0lost0click0of0nobody" + i;
            expect("a postback about nobody's click", KEPT, send(address, query(nobodys, orphan())));
        }
    }

    /** What went otherwise than it must, in sentences. */
    List<String> complaints() {
        return complaints;
    }

    private static Postback orphan() {
        return new Postback("sale", "7.00", null, null, 1);
    }

    private @Nullable String click(Story story, Beginning.Click click) {
        String location = browsers.of(story).follow("/c/" + Sample.CAMPAIGN + "?" + click.query(), click.headers());
        Matcher arrived = ARRIVED.matcher(location);
        if (!arrived.matches()) {
            complaints.add("the campaign link led person " + story.no() + " to " + location);
            return null;
        }
        browsers.of(story).named(arrived.group(2));
        return arrived.group(1);
    }

    private void report(URI address, String subid, Postback p, String whose) {
        for (int time = 1; time <= p.times(); time++) {
            expect(
                    "the postback " + p.word() + " of " + whose,
                    !p.books() ? KEPT : time == 1 ? BOOKED : DUPLICATE,
                    send(address, query(subid, p)));
        }
    }

    private static String query(String subid, Postback p) {
        var q = new LinkedHashMap<String, String>();
        q.put("subid", subid);
        q.put("status", p.word());
        put(q, "payout", p.payout());
        put(q, "currency", p.payout() == null ? null : Postback.CURRENCY);
        put(q, "tid", p.transaction());
        put(q, "em", p.email());
        return q.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private String send(URI address, String query) {
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create(address + "?" + query)));
        return answer.statusCode() + " " + answer.body().strip();
    }

    private void expect(String what, String expected, String actual) {
        if (!expected.equals(actual)) {
            complaints.add(what + " was answered with " + actual + ", not " + expected);
        }
    }

    private static void put(Map<String, String> query, String name, @Nullable String value) {
        if (value != null) {
            query.put(name, value);
        }
    }
}
