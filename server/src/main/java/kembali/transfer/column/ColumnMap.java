package kembali.transfer.column;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import kembali.support.FieldError;
import org.jspecify.annotations.Nullable;

/**
 * Which of our fields each column of a file gives.
 *
 * @param columns one for each column, in their order
 * @param format null when nobody can tell where the file comes from
 * @param notes what its owner should know
 */
public record ColumnMap(List<Column> columns, @Nullable String format, List<String> notes) {
    /** Most columns that are named to people. */
    private static final int MOST_NAMED = 30;

    /**
     * One column.
     *
     * @param header as written; its number where there is no header
     * @param field null when it is left out
     */
    public record Column(String header, @Nullable String field) {}

    public ColumnMap {
        columns = List.copyOf(columns);
        notes = List.copyOf(notes);
    }

    /** What came of looking at a header. */
    public sealed interface Found {
        record Mapped(ColumnMap map) implements Found {}

        /** It cannot be read, and why. */
        record Refused(List<FieldError> faults) implements Found {
            public Refused {
                faults = List.copyOf(faults);
            }
        }
    }

    /**
     * Maps the columns of a file.
     *
     * @param header the cells of its first row
     * @param hasHeader false when that row is data already: columns are then called {@code 1}, {@code 2}, …
     * @param said column to field, as the owner says; an empty field leaves the column out
     */
    public static Found of(ImportKind kind, List<String> header, boolean hasHeader, Map<String, String> said) {
        var faults = new ArrayList<FieldError>();
        FieldTable table = FieldTable.of(kind);
        List<String> names = names(header, hasHeader);
        Map<String, String> explicit = explicit(kind, table, names, said, faults);
        KnownFormat format = hasHeader ? KnownFormat.of(header) : null;
        if (format != null && format.kind() != kind) {
            faults.add(new FieldError(
                    "kind",
                    "is " + kind.word() + ", but the file looks like " + format.name() + "; send it with kind="
                            + format.kind().word()));
        }
        var columns = new ArrayList<Column>();
        var unknown = new ArrayList<String>();
        for (String name : names) {
            String field = explicit.get(name);
            if (field == null && hasHeader && !explicit.containsKey(name)) {
                boolean over = format != null && format.passesOver(name);
                field = over ? null : table.of(name);
                if (field == null && !over && !name.isBlank()) {
                    unknown.add(name);
                }
            }
            columns.add(new Column(name, field == null || field.isEmpty() ? null : field));
        }
        if (columns.stream().allMatch(c -> c.field() == null) && faults.isEmpty()) {
            faults.add(new FieldError("mapping", nothingKnown(kind, names, hasHeader)));
        }
        return faults.isEmpty()
                ? new Found.Mapped(
                        new ColumnMap(columns, format == null ? null : format.name(), notes(columns, unknown)))
                : new Found.Refused(faults);
    }

    private static List<String> names(List<String> header, boolean hasHeader) {
        var names = new ArrayList<String>();
        for (int i = 0; i < header.size(); i++) {
            names.add(hasHeader ? header.get(i).strip() : Integer.toString(i + 1));
        }
        return names;
    }

    private static Map<String, String> explicit(
            ImportKind kind, FieldTable table, List<String> names, Map<String, String> said, List<FieldError> faults) {
        var explicit = new LinkedHashMap<String, String>();
        said.forEach((column, wanted) -> {
            List<String> meant = names.contains(column.strip())
                    ? List.of(column.strip())
                    : names.stream()
                            .filter(n -> FieldTable.normal(n).equals(FieldTable.normal(column)))
                            .distinct()
                            .toList();
            String field = wanted.isBlank() ? "" : table.of(wanted);
            if (meant.isEmpty()) {
                faults.add(new FieldError(
                        "mapping." + cut(column), "is no column of the file; its columns are: " + listed(names)));
            } else if (field == null) {
                faults.add(new FieldError(
                        "mapping." + cut(column),
                        "\"" + cut(wanted) + "\" is no field of " + kind.one() + "; the fields are: "
                                + String.join(", ", table.fields().keySet())));
            } else {
                meant.forEach(name -> explicit.put(name, field));
            }
        });
        return explicit;
    }

    private static String nothingKnown(ImportKind kind, List<String> names, boolean hasHeader) {
        String columns = listed(names);
        return hasHeader
                ? "is needed: no column of the file has a name we know for " + kind.one() + ". Its columns are: "
                        + columns
                        + ". Say which is which, such as {\"" + cut(names.isEmpty() ? "HP" : names.getFirst())
                        + "\":\"" + (kind == ImportKind.LEADS ? "phone" : "subid")
                        + "\"}, or pass header=false if the first row is data already"
                : "is needed for a file without a header, such as {\"1\":\"subid\",\"2\":\"time\"}; its columns are: "
                        + columns;
    }

    private static List<String> notes(List<Column> columns, List<String> unknown) {
        var notes = new ArrayList<String>();
        if (!unknown.isEmpty()) {
            notes.add("Left out, because no field of ours has such a name: " + listed(unknown)
                    + ". To take one in, say its field in mapping.");
        }
        Map<String, List<String>> byField = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        for (Column c : columns) {
            if (c.field() != null) {
                byField.computeIfAbsent(c.field(), f -> new ArrayList<>()).add(c.header());
            } else if (!c.header().isBlank() && !seen.add(c.header())) {
                notes.add("Two columns are called \"" + cut(c.header()) + "\"; both are left out.");
            }
        }
        byField.forEach((field, headers) -> {
            if (headers.size() > 1) {
                notes.add("Several columns give " + field + ": " + listed(headers)
                        + ". Of each row the first filled one of them counts.");
            }
        });
        return notes;
    }

    private static String listed(List<String> names) {
        String listed = names.stream().limit(MOST_NAMED).map(ColumnMap::cut).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMED ? listed + ", …" : listed;
    }

    private static String cut(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    /** The header of the first column that gives a field; the field's own name when none does. */
    public String headerOf(String field) {
        return columns.stream()
                .filter(c -> field.equals(c.field()))
                .map(Column::header)
                .findFirst()
                .orElse(field);
    }

    /** For each field the columns that give it, by their position, the best one first. */
    public Map<String, List<Integer>> positions(ImportKind kind) {
        FieldTable table = FieldTable.of(kind);
        var positions = new LinkedHashMap<String, List<Integer>>();
        for (int i = 0; i < columns.size(); i++) {
            String field = columns.get(i).field();
            if (field != null) {
                positions.computeIfAbsent(field, f -> new ArrayList<>(1)).add(i);
            }
        }
        positions.forEach((field, at) -> at.sort(
                Comparator.comparingInt(i -> table.rank(field, columns.get(i).header()))));
        return positions;
    }

    /** Whether some column gives that field. */
    public boolean gives(String field) {
        return columns.stream().anyMatch(c -> field.equals(c.field()));
    }
}
