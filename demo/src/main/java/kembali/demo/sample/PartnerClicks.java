package kembali.demo.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kembali.demo.sample.Visit.Evidence;

/** People who come by the campaign link of a partner network, and what the network reports of them. */
final class PartnerClicks {
    private final List<Story> stories = new ArrayList<>();
    private int no;

    private PartnerClicks(int first) {
        this.no = first;
    }

    static List<Story> from(int first) {
        var all = new PartnerClicks(first);
        all.repeat(8, List.of());
        all.repeat(8, List.of(lead(1)));
        all.repeat(8, List.of(lead(1), new Postback("sale", "12.75", null, null, 2)));
        all.repeat(
                4, List.of(new Postback("sale", "31.50", "T1", null, 1), new Postback("sale", "9.25", "T2", null, 2)));
        all.repeat(4, List.of(lead(2), new Postback("rejected", null, null, null, 1)));
        all.repeat(3, List.of(new Postback(Postback.UNMAPPED, "4.00", null, null, 1)));
        return all.stories;
    }

    /** Held until the network confirms it. Whose e-mail address it tells is told by {@link #add}. */
    private static Postback lead(int times) {
        return new Postback("lead", "2.50", null, "", times);
    }

    private void repeat(int times, List<Postback> postbacks) {
        for (int i = 0; i < times; i++) {
            add(postbacks);
        }
    }

    private void add(List<Postback> postbacks) {
        Network network = network();
        boolean ad = no % 6 != 5;
        Map<String, String> headers = Devices.of(network, no).headers(no);
        var click = new Beginning.Click(
                "partner_site="
                        + List.of("review-batik", "diskon-harian", "mode-id").get(no % 3)
                        + (ad ? "&" + Links.ofAd(network, no) : ""),
                headers,
                ad ? Map.of(network, Evidence.AD) : Map.of());
        List<Postback> own = postbacks.stream()
                .map(p -> new Postback(
                        p.word(),
                        p.payout(),
                        p.transaction() == null ? null : "KR-" + no + "-" + p.transaction(),
                        p.email() == null || no % 2 == 0
                                ? null
                                : People.person(no).email(),
                        p.times()))
                .toList();
        stories.add(new Story(no++, new Beginning.Reported(click, own), List.of(), List.of()));
    }

    private Network network() {
        return switch (no % 6) {
            case 1 -> Network.GOOGLE;
            case 2 -> Network.TIKTOK;
            case 3 -> Network.LINKEDIN;
            default -> Network.META;
        };
    }
}
