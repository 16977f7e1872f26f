package kembali.transfer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kembali.account.Workspace;
import kembali.lead.Pipelines.Stage;
import kembali.postback.AmountRules.DecimalMark;
import kembali.postback.StatusMeaning;
import kembali.support.FieldError;
import kembali.support.Refusal;
import kembali.transfer.column.ColumnMap;
import kembali.transfer.column.ImportKind;
import kembali.transfer.csv.CsvFault;
import kembali.transfer.csv.CsvInput;
import kembali.transfer.csv.CsvRow;
import kembali.transfer.csv.CsvShape;
import kembali.transfer.row.LeadRows;
import kembali.transfer.row.Moments;
import kembali.transfer.row.Moments.DayOrder;
import org.jspecify.annotations.Nullable;

/** Finds out from the beginning of a file how it is to be read, and refuses what cannot be. */
final class ImportPlanner {
    private static final int ROWS_LOOKED_AT = 1_000;
    private static final String TOLD_BY = "the beginning of the file";

    private final ImportRequest request;
    private final Workspace workspace;
    private final List<String> statuses;
    private final List<FieldError> faults = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    ImportPlanner(ImportRequest request, Workspace workspace, List<Stage> stages) {
        this.request = request;
        this.workspace = workspace;
        this.statuses = stages.stream().map(Stage::status).toList();
    }

    /** @throws Refusal naming everything that is wrong */
    ImportPlan plan(ImportFiles.Kept file) {
        Charset charset = request.encoding() == null ? file.charset() : Charset.forName(request.encoding());
        CsvShape shape = CsvShape.of(file.beginning(), file.isWhole(), charset, request.delimiter());
        List<CsvRow> rows = beginning(file, shape);
        if (rows.isEmpty()) {
            throw Refusal.invalid("body", "holds no row");
        }
        checkStatuses();
        ColumnMap columns =
                switch (ColumnMap.of(request.kind(), rows.getFirst().cells(), request.header(), request.mapping())) {
                    case ColumnMap.Found.Mapped(ColumnMap map) -> map;
                    case ColumnMap.Found.Refused(List<FieldError> wrong) -> {
                        faults.addAll(wrong);
                        throw Refusal.invalid(faults);
                    }
                };
        notes.addAll(columns.notes());
        require(columns);
        List<CsvRow> data = request.header() ? rows.subList(1, rows.size()) : rows;
        DayOrder dates = dates(columns, data);
        DecimalMark mark = decimalMark(columns, data, shape);
        tellOfReporting();
        if (!faults.isEmpty()) {
            throw Refusal.invalid(faults);
        }
        return new ImportPlan(
                shape,
                request.header(),
                columns.columns(),
                columns.format(),
                notes,
                workspace.timezone(),
                dates,
                mark,
                request.statuses(),
                request.defaultStatus(),
                request.campaign(),
                request.report());
    }

    /** The first rows that are whole for sure. */
    private static List<CsvRow> beginning(ImportFiles.Kept file, CsvShape shape) {
        var rows = new ArrayList<CsvRow>();
        try (var in = new CsvInput(new ByteArrayInputStream(file.beginning()), shape)) {
            for (CsvRow row = in.next(); row != null && rows.size() < ROWS_LOOKED_AT; row = in.next()) {
                rows.add(row);
            }
        } catch (CsvFault e) {
            if (rows.isEmpty() || file.isWhole()) {
                throw Refusal.invalid("body", "line " + e.line() + ": " + e.getMessage());
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.isWhole() || rows.size() < 2 ? rows : rows.subList(0, rows.size() - 1);
    }

    private void checkStatuses() {
        request.statuses().forEach((word, status) -> checkStatus("statuses." + word, status));
        String missing = request.defaultStatus();
        if (missing != null) {
            checkStatus("defaultStatus", missing);
        }
    }

    private void checkStatus(String field, String status) {
        boolean known = request.kind() == ImportKind.CONVERSIONS
                ? StatusMeaning.parse(status, List.of(), statuses) != null
                : statuses.contains(status);
        if (!known) {
            faults.add(new FieldError(
                    field,
                    "is none of: "
                            + (request.kind() == ImportKind.CONVERSIONS
                                    ? "lead, registration, deposit, sale, rebill, hold, rejected, trash, refund, chargeback,"
                                            + " ignore, "
                                    : "")
                            + String.join(", ", statuses)));
        }
    }

    private void require(ColumnMap columns) {
        switch (request.kind()) {
            case LEADS -> {
                if (LeadRows.NAMES.stream().noneMatch(columns::gives)) {
                    notes.add(
                            "No column gives phone, e-mail, reference or id: leads that are there are not found again, so"
                                    + " every import of this file makes new ones.");
                }
            }
            case CLICKS -> {
                requireField(columns, "subid");
                requireField(columns, "time");
            }
            case CONVERSIONS -> {
                if (!columns.gives("lead_id")) {
                    requireField(columns, "subid");
                }
                if (request.defaultStatus() == null) {
                    requireField(columns, "status");
                }
            }
        }
    }

    private void requireField(ColumnMap columns, String field) {
        if (!columns.gives(field)) {
            faults.add(new FieldError(
                    "mapping",
                    "no column gives " + field + "; say which one does, such as {\""
                            + columns.columns().getFirst().header() + "\":\"" + field + "\"}"));
        }
    }

    private DayOrder dates(ColumnMap columns, List<CsvRow> rows) {
        if (request.dates() != null) {
            return request.dates();
        }
        List<String> texts = texts(columns, rows, TimeFields.OF.get(request.kind()));
        try {
            DayOrder told = Moments.orderOf(texts);
            if (told == null && texts.stream().anyMatch(Moments::isOrdered)) {
                notes.add("Nothing in " + TOLD_BY
                        + " tells whether 03/04/2026 is in March or in April; it is read with the"
                        + " day first. If that is wrong, say dates=month_first.");
            }
            return told == null ? DayOrder.DAY_FIRST : told;
        } catch (DateTimeException contradiction) {
            faults.add(new FieldError(
                    "dates", "is needed, because " + contradiction.getMessage() + "; say day_first or month_first"));
            return DayOrder.DAY_FIRST;
        }
    }

    /** The fields of each kind that hold times and amounts. */
    private static final class TimeFields {
        static final Map<ImportKind, List<String>> OF = Map.of(
                ImportKind.LEADS, List.of("occurredAt", "createdAt", "click.clickedAt", "birthDate"),
                ImportKind.CLICKS, List.of("time"),
                ImportKind.CONVERSIONS, List.of("time"));
        static final Map<ImportKind, List<String>> AMOUNTS = Map.of(
                ImportKind.LEADS, List.of("actualValue", "estimatedValue"),
                ImportKind.CLICKS, List.of(),
                ImportKind.CONVERSIONS, List.of("payout", "cost"));

        private TimeFields() {}
    }

    private DecimalMark decimalMark(ColumnMap columns, List<CsvRow> rows, CsvShape shape) {
        if (request.decimalMark() != null) {
            return request.decimalMark();
        }
        int points = 0;
        int commas = 0;
        for (String text : texts(columns, rows, TimeFields.AMOUNTS.get(request.kind()))) {
            Character mark = decimalMarkOf(text);
            points += mark != null && mark == '.' ? 1 : 0;
            commas += mark != null && mark == ',' ? 1 : 0;
        }
        if (points != commas) {
            return points > commas ? DecimalMark.POINT : DecimalMark.COMMA;
        }
        // Spreadsheets write semicolons where the comma is the decimal mark.
        return shape.delimiter() == ';' ? DecimalMark.COMMA : DecimalMark.POINT;
    }

    /** The decimal mark of an amount that cannot have another; null when it has none, or it could be for thousands. */
    private static @Nullable Character decimalMarkOf(String text) {
        int last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
        if (last < 0) {
            return null;
        }
        char mark = text.charAt(last);
        boolean once = text.indexOf(mark) == last;
        boolean both = text.indexOf('.') >= 0 && text.indexOf(',') >= 0;
        int digits = 0;
        for (int i = last + 1; i < text.length() && Character.isDigit(text.charAt(i)); i++) {
            digits++;
        }
        return once && digits > 0 && (both || digits != 3) ? (Character) mark : null;
    }

    private List<String> texts(ColumnMap columns, List<CsvRow> rows, @Nullable List<String> fields) {
        var texts = new ArrayList<String>();
        for (int i = 0; i < columns.columns().size(); i++) {
            String field = columns.columns().get(i).field();
            if (field == null || fields == null || !fields.contains(field)) {
                continue;
            }
            for (CsvRow row : rows) {
                if (i < row.cells().size() && !row.cells().get(i).isBlank()) {
                    texts.add(row.cells().get(i).strip());
                }
            }
        }
        return texts;
    }

    private void tellOfReporting() {
        switch (request.kind()) {
            case CLICKS -> {}
            case LEADS, CONVERSIONS ->
                notes.add(
                        request.report()
                                ? "Platforms are told of every status in the file that is not too old for them, as if it were"
                                        + " reached now."
                                : "Statuses are taken over without telling any platform, now or later. Statuses the leads"
                                        + " reach from now on are reported. Say report=true to report those of the file, too.");
        }
    }
}
