package kembali.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.ws.rs.QueryParam;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kembali.http.Checks;
import kembali.postback.AmountRules.DecimalMark;
import kembali.support.Json;
import kembali.transfer.ImportRequest;
import kembali.transfer.column.ImportKind;
import kembali.transfer.row.Moments.DayOrder;
import org.jspecify.annotations.Nullable;

/** What is said of a file beside it, in the query: its body is the file. */
public class ImportInput {
    private static final TypeReference<Map<String, @Nullable String>> WORDS = new TypeReference<>() {};
    private static final List<String> YES_NO = List.of("true", "false");
    private static final int MOST_WORDS = 1_000;

    /** Only find out what would become of the file. */
    @QueryParam("dryRun")
    @Nullable String dryRun;

    /** Tell platforms of the statuses in the file; otherwise they are taken over. */
    @QueryParam("report")
    @Nullable String report;

    /** JSON, column to field: {@code {"Nomor HP":"phone","Catatan":null}}. */
    @QueryParam("mapping")
    @Nullable String mapping;

    /** JSON, word of the file to status: {@code {"Closing":"won"}}. */
    @QueryParam("statuses")
    @Nullable String statuses;

    /** The status of rows that say none. */
    @QueryParam("defaultStatus")
    @Nullable String defaultStatus;

    /** The campaign of clicks that name none: id, alias, token or name. */
    @QueryParam("campaign")
    @Nullable String campaign;

    /** {@code day_first} or {@code month_first}; found out by itself where the dates tell. */
    @QueryParam("dates")
    @Nullable String dates;

    /** {@code point} or {@code comma}; found out by itself where the amounts tell. */
    @QueryParam("decimalMark")
    @Nullable String decimalMark;

    /** {@code ,}, {@code ;}, {@code |} or {@code tab}; found out by itself. */
    @QueryParam("delimiter")
    @Nullable String delimiter;

    /** {@code UTF-8}, {@code windows-1252}, …; found out by itself. */
    @QueryParam("encoding")
    @Nullable String encoding;

    /** {@code false} when the first row is data already; columns are called 1, 2, … then. */
    @QueryParam("header")
    @Nullable String header;

    /** What the file is called, to know it again in the list. */
    @QueryParam("fileName")
    @Nullable String fileName;

    ImportRequest request(int workspaceId, @Nullable String kind, String actor) {
        var checks = new Checks();
        ImportKind of = ImportKind.named(kind);
        if (of == null) {
            checks.error("kind", "must be one of leads, clicks, conversions");
        }
        String dateOrder = dates == null ? null : checks.word("dates", dates, List.of("day_first", "month_first"), "");
        String mark =
                decimalMark == null ? null : checks.word("decimalMark", decimalMark, List.of("point", "comma"), "");
        String charset = charset(checks);
        Character between = delimiter(checks);
        Map<String, String> columns = words("mapping", mapping, checks);
        Map<String, String> meanings = words("statuses", statuses, checks);
        boolean dry = flag(checks, "dryRun", dryRun, false);
        boolean told = flag(checks, "report", report, false);
        boolean named = flag(checks, "header", header, true);
        String name = checks.text("fileName", fileName, 200);
        String missing = checks.text("defaultStatus", defaultStatus, 40);
        String link = checks.text("campaign", campaign, 200);
        checks.done();
        return new ImportRequest(
                workspaceId,
                java.util.Objects.requireNonNull(of),
                dry,
                told,
                columns,
                meanings,
                missing,
                link,
                dateOrder == null ? null : DayOrder.valueOf(dateOrder.toUpperCase(Locale.ROOT)),
                mark == null ? null : DecimalMark.valueOf(mark.toUpperCase(Locale.ROOT)),
                between,
                charset,
                named,
                name,
                actor);
    }

    private static boolean flag(Checks checks, String field, @Nullable String value, boolean otherwise) {
        return Boolean.parseBoolean(checks.word(field, value, YES_NO, Boolean.toString(otherwise)));
    }

    private @Nullable String charset(Checks checks) {
        if (encoding == null) {
            return null;
        }
        try {
            return Charset.forName(encoding.strip()).name();
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            checks.error("encoding", "is no encoding we know, such as UTF-8 or windows-1252");
            return null;
        }
    }

    private @Nullable Character delimiter(Checks checks) {
        return switch (delimiter) {
            case null -> null;
            case "," -> ',';
            case ";" -> ';';
            case "|" -> '|';
            case "tab", "\t" -> '\t';
            default -> {
                checks.error("delimiter", "must be one of , ; | tab (in an address %3B for a semicolon)");
                yield null;
            }
        };
    }

    private static Map<String, String> words(String field, @Nullable String text, Checks checks) {
        var words = new HashMap<String, String>();
        if (text == null || text.isBlank()) {
            return words;
        }
        try {
            Map<String, @Nullable String> said = Json.STRICT.readValue(text, WORDS);
            said.forEach((key, value) -> words.put(key, value == null ? "" : value));
        } catch (JsonProcessingException e) {
            checks.error(field, "must be a JSON object of texts, such as {\"Nomor HP\":\"phone\"}, URL-encoded");
        }
        if (words.size() > MOST_WORDS) {
            checks.error(field, "has more than " + MOST_WORDS + " entries");
        }
        return words;
    }
}
