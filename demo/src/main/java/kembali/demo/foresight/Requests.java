package kembali.demo.foresight;

import java.util.Map;
import java.util.TreeMap;
import kembali.demo.sample.Beginning;
import kembali.demo.sample.Message;
import kembali.demo.sample.Postback;
import kembali.demo.sample.Sample;
import kembali.demo.sample.Story;

/**
 * What other systems send to the shop's sources.
 *
 * @param chats by the word for what becomes of a request ({@code done}, {@code ignored}, {@code refused}), how many of the
 *     WhatsApp providers, all of them together
 * @param forms the same of the form
 * @param postbacks the same of the partner network, by its answers ({@code booked}, {@code duplicate}, {@code kept});
 *     empty where there is none
 * @param messages how many messages the leads have in the end: each counted once
 */
public record Requests(
        Map<String, Integer> chats, Map<String, Integer> forms, Map<String, Integer> postbacks, int messages) {
    private static final String DONE = "done";
    private static final String IGNORED = "ignored";

    static Requests of(Sample sample) {
        var chats = new TreeMap<String, Integer>();
        var forms = new TreeMap<String, Integer>();
        var postbacks = new TreeMap<String, Integer>();
        for (Story story : sample.stories()) {
            for (Message m : story.messages()) {
                told(chats, m.times());
            }
            if (story.beginning() instanceof Beginning.Filled form) {
                told(forms, form.times());
            }
            if (story.beginning() instanceof Beginning.Reported reported) {
                for (Postback p : reported.postbacks()) {
                    postbacks.merge(p.books() ? "booked" : "kept", 1, Integer::sum);
                    if (p.times() > 1) {
                        postbacks.merge("duplicate", p.times() - 1, Integer::sum);
                    }
                }
            }
        }
        chats.merge(IGNORED, Sample.RECEIPTS, Integer::sum);
        chats.merge("refused", Sample.FORGERIES, Integer::sum);
        forms.merge(IGNORED, Sample.TRAPPED, Integer::sum);
        if (!postbacks.isEmpty()) {
            postbacks.merge("kept", Sample.ORPHANS, Integer::sum);
        }
        return new Requests(chats, forms, postbacks, sample.messages());
    }

    /** The first time it counts. */
    private static void told(Map<String, Integer> in, int times) {
        in.merge(DONE, 1, Integer::sum);
        if (times > 1) {
            in.merge(IGNORED, times - 1, Integer::sum);
        }
    }
}
