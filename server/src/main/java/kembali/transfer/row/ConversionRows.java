package kembali.transfer.row;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kembali.postback.AmountRules;
import kembali.postback.Note;
import kembali.postback.Postback;
import kembali.postback.PostbackReader;
import kembali.postback.Reading;
import kembali.postback.SourceRules;
import kembali.postback.StatusMeaning;
import kembali.postback.StatusResolution;
import kembali.postback.StatusResolver;
import kembali.postback.StatusRules;
import kembali.support.Json;
import kembali.transfer.column.ColumnMap;
import kembali.transfer.column.ImportKind;

/** Conversions of a file, read by the rules of postbacks. What a postback would set aside quietly is refused here. */
public final class ConversionRows implements RowReader<ConversionRow> {
    /** Source of what is imported, as against those networks report to. */
    public static final String SOURCE = "import";

    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(10);
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    /** Notes for which a row is refused: something that counts could not be read. */
    private static final Set<String> FATAL = Set.of(
            "amount_unreadable",
            "amount_exponent",
            "amount_too_large",
            "currency_unreadable",
            "click_id_too_long",
            "too_long");

    private final RowTerms terms;
    private final Cells.Layout layout;
    private final PostbackReader reader;
    private final StatusRules statuses;
    private final Map<String, StatusMeaning> workspaceMap;

    /**
     * @param leadStatuses the workspace's statuses
     * @param workspaceMap what networks' words mean throughout the workspace
     */
    public ConversionRows(
            RowTerms terms, ColumnMap columns, List<String> leadStatuses, Map<String, StatusMeaning> workspaceMap) {
        this.terms = terms;
        this.layout = new Cells.Layout(ImportKind.CONVERSIONS, columns);
        this.workspaceMap = Map.copyOf(workspaceMap);
        var meanings = new HashMap<String, StatusMeaning>();
        terms.statuses().forEach((word, status) -> {
            StatusMeaning meaning = StatusMeaning.parse(status, List.of(), leadStatuses);
            if (meaning != null) {
                meanings.put(word, meaning);
            }
        });
        String missing = terms.defaultStatus();
        this.statuses = StatusRules.NONE
                .withMap(meanings)
                .withWhenMissing(missing == null ? null : StatusMeaning.parse(missing, List.of(), leadStatuses));
        this.reader = new PostbackReader(SourceRules.of(SOURCE)
                .withZone(terms.zone())
                .withAmounts(new AmountRules(terms.decimalMark(), false, terms.currency()))
                .withStatuses(statuses));
    }

    @Override
    public Parsed<ConversionRow> read(List<String> cells, Instant now) {
        Cells row = layout.of(cells);
        if (row.isBlank()) {
            return new Parsed.Blank<>();
        }
        Instant at = time(row, now);
        if (row.isRefused()) {
            return new Parsed.Refused<>(row.remarks());
        }
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        row.values().forEach(said::put);
        Reading reading = reader.read("POST", null, Json.writeBytes(said), "application/json", at);
        return switch (reading) {
            case Reading.Refused refused -> {
                row.refuseRow(refused.why().text());
                yield new Parsed.Refused<>(row.remarks());
            }
            case Reading.Read(Postback postback) -> ready(row, postback, at);
        };
    }

    private Parsed<ConversionRow> ready(Cells row, Postback postback, Instant at) {
        for (Note note : postback.notes()) {
            if (FATAL.contains(note.code())) {
                row.refuse(note.about(), note.sentence());
            } else {
                row.warn(note.about(), note.sentence());
            }
        }
        if (postback.clickId() == null && postback.leadId() == null) {
            row.refuse("subid", "is empty: nobody can tell whose conversion this is without a click id or a lead's");
        }
        StatusResolution resolved = StatusResolver.resolve(postback, statuses, workspaceMap);
        return switch (resolved) {
            case StatusResolution.Unmapped(var word, var reason, var votes) -> {
                row.refuse(
                        "status",
                        word == null
                                ? "is missing; say what a row without one is, such as defaultStatus=sale"
                                : "has a word nobody has given a meaning; say it, such as statuses={\"approved\":\"sale\"}");
                yield new Parsed.Refused<>(row.remarks());
            }
            case StatusResolution.Known known ->
                row.isRefused()
                        ? new Parsed.Refused<>(row.remarks())
                        : new Parsed.Ready<>(
                                new ConversionRow(terms.workspaceId(), postback, known.meaning(), at, terms.report()),
                                row.remarks());
        };
    }

    private Instant time(Cells row, Instant now) {
        String text = row.take("time");
        if (text == null) {
            row.warn("time", "is missing; the time of the import counts");
            return now;
        }
        Instant at = Moments.read(text, terms.zone(), terms.dates());
        if (at == null) {
            row.refuse(
                    "time",
                    "is no time we can read; write it as 2026-11-20 10:00:00, in the time zone "
                            + terms.zone().getId());
        } else if (at.isBefore(EARLIEST)) {
            row.refuse("time", "lies before 2000-01-01");
        } else if (at.isAfter(now.plus(CLOCK_DIFFERENCE))) {
            row.refuse(
                    "time",
                    "lies in the future; if day and month are swapped, say dates=day_first or" + " dates=month_first");
        } else {
            return at;
        }
        return now;
    }
}
