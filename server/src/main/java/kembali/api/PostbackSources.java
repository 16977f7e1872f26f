package kembali.api;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kembali.inbound.Requests;
import kembali.inbound.Source;
import kembali.ledger.ReceivedPostbacks;
import kembali.ledger.SourceDays;
import kembali.ledger.SourceDays.Day;
import kembali.ledger.Unusual;
import org.jooq.DSLContext;

/** Sources of postbacks as they are shown, with what they do today. */
final class PostbackSources {
    /** As far back as what is usual is told from. */
    private static final int DAYS = 7;

    private PostbackSources() {}

    static SourceView view(DSLContext sql, Source s, String publicUrl, Instant now) {
        List<Day> days = days(sql, s, now);
        Instant last = ReceivedPostbacks.lastAt(sql, s.id());
        int words = ReceivedPostbacks.words(sql, s.id()).size();
        var figures = new Requests.Figures(last, today(days, SourceDays.day(now)));
        return SourceView.of(
                s,
                publicUrl,
                figures,
                now,
                PostbackSourcePart.of(s, publicUrl, last, words, Unusual.notices(days, SourceDays.day(now))));
    }

    /** What a source does today that it does not usually do. */
    static List<Unusual.Notice> notices(DSLContext sql, Source s, Instant now) {
        return Unusual.notices(days(sql, s, now), SourceDays.day(now));
    }

    private static List<Day> days(DSLContext sql, Source s, Instant now) {
        return SourceDays.since(sql, s.id(), SourceDays.day(now).minusDays(DAYS));
    }

    private static Map<String, Integer> today(List<Day> days, LocalDate today) {
        var counts = new TreeMap<String, Integer>();
        counts.put("booked", 0);
        counts.put("duplicate", 0);
        counts.put("kept", 0);
        counts.put("refused", 0);
        for (Day d : days) {
            if (d.day().equals(today) && d.currency() == null) {
                counts.put("booked", (int) d.booked());
                counts.put("duplicate", (int) d.duplicates());
                counts.put("kept", (int) d.kept());
                counts.put("refused", (int) d.refused());
            }
        }
        return counts;
    }
}
