package kembali.sandbox.google.ads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kembali.sandbox.Arrival;
import kembali.sandbox.Call;
import kembali.sandbox.Json;
import kembali.sandbox.LeftOut;
import kembali.sandbox.google.GoogleAccounts;
import kembali.sandbox.google.GoogleKnown;
import org.jspecify.annotations.Nullable;

/** An upload under examination. */
final class Upload {
    private static final int MOST_ROWS = 2_000;
    /** Conversions have no name of their own; the action says what they are. */
    private static final String EVENT = "conversion";

    private final ObjectNode request;
    private final Call call;
    private final Duration tolerance;
    private final GoogleAccounts accounts;
    private final GoogleAccounts.Account account;
    private final GoogleKnown known;
    private final ArrayNode results = Json.MAPPER.createArrayNode();
    private final List<AdsError> errors = new ArrayList<>();
    private final List<Arrival> arrivals = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();

    Upload(
            ObjectNode request,
            Call call,
            Duration tolerance,
            GoogleAccounts accounts,
            GoogleAccounts.Account account,
            GoogleKnown known) {
        this.request = request;
        this.call = call;
        this.tolerance = tolerance;
        this.accounts = accounts;
        this.account = account;
        this.known = known;
    }

    boolean validateOnly() {
        return request.path("validateOnly").asBoolean();
    }

    /** What is wrong with the request as a whole, or null. */
    @Nullable AdsError requestError() {
        if (!request.path("partialFailure").asBoolean()) {
            return AdsError.request(
                    "partialFailureError", "PARTIAL_FAILURE_MODE_REQUIRED", "Set partial_failure to true.");
        }
        JsonNode rows = request.path("conversions");
        if (rows.isEmpty()) {
            return new AdsError(
                    "fieldError",
                    "REQUIRED",
                    "The required field was not present.",
                    null,
                    List.of(new AdsError.Step("conversions", null)));
        }
        if (rows.size() > MOST_ROWS) {
            return AdsError.request(
                    AdsError.UPLOAD, "TOO_MANY_CONVERSIONS_IN_REQUEST", "Upload fewer than 2001 events in a request.");
        }
        return request.path("jobId").asInt() < 0
                ? AdsError.request(AdsError.UPLOAD, "INVALID_JOB_ID", "The job id must be 0 to 2^31 - 1.")
                : null;
    }

    /** Checks every row; the good ones are remembered as uploaded unless they are validated only. */
    void check(Uploaded uploaded) {
        List<Row> rows = new ArrayList<>();
        Map<Row.Once, Integer> within = new HashMap<>();
        for (JsonNode each : request.path("conversions")) {
            Row row = new Row(rows.size(), (ObjectNode) each);
            rows.add(row);
            row.once().forEach(key -> within.merge(key, 1, Integer::sum));
        }
        List<byte[]> raw = Json.slices(call.body(), "conversions");
        for (Row row : rows) {
            RowRules rules = new RowRules(row, call.receivedAt(), tolerance, accounts, account, known);
            rules.check();
            repeated(row, rules, within, uploaded);
            if (rules.errors().isEmpty()) {
                results.add(result(row));
                arrivals.add(arrival(row, rules, raw.get(row.index())));
            } else {
                AdsError first = rules.errors().getFirst();
                String reason = first.message() + " At " + first.place();
                results.addObject();
                errors.addAll(rules.errors());
                leftOut.add(new LeftOut(row.actionId(), EVENT, first.code(), reason, true));
            }
        }
    }

    private void repeated(Row row, RowRules rules, Map<Row.Once, Integer> within, Uploaded uploaded) {
        if (!rules.errors().isEmpty()) {
            return;
        }
        for (Row.Once each : row.once()) {
            if (within.getOrDefault(each, 0) > 1) {
                String code = each.order() ? "DUPLICATE_ORDER_ID" : "DUPLICATE_CLICK_CONVERSION_IN_REQUEST";
                rules.errors().add(repetition(row, each, code, "The request holds the same conversion twice."));
                return;
            }
        }
        Row.Once before = uploaded.before(row.once(), !validateOnly());
        if (before != null) {
            String code = before.order() ? "ORDER_ID_ALREADY_IN_USE" : "CLICK_CONVERSION_ALREADY_EXISTS";
            rules.errors().add(repetition(row, before, code, "The conversion was uploaded before."));
        }
    }

    private static AdsError repetition(Row row, Row.Once what, String code, String message) {
        String trigger = row.text(what.order() ? "orderId" : "gclid");
        String field = what.order() ? "order_id" : "gclid";
        return AdsError.row(row.index(), AdsError.UPLOAD, code, message, field, trigger);
    }

    private static ObjectNode result(Row row) {
        ObjectNode result = Json.MAPPER.createObjectNode();
        for (String field : List.of("gclid", "gbraid", "wbraid", "conversionAction", "conversionDateTime")) {
            if (!row.text(field).isEmpty()) {
                result.put(field, row.text(field));
            }
        }
        if (!row.userIdentifiers().isEmpty()) {
            result.set("userIdentifiers", row.userIdentifiers());
        }
        return result;
    }

    private Arrival arrival(Row row, RowRules rules, byte[] raw) {
        JsonNode value = row.json().path("conversionValue");
        String action = row.actionId();
        Instant time = row.time();
        return new Arrival(
                action == null ? "" : action,
                EVENT,
                row.text("orderId").isEmpty() ? null : row.text("orderId"),
                time == null ? call.receivedAt() : time,
                value.isNumber() ? value.decimalValue() : null,
                row.json().path("currencyCode").textValue(),
                null,
                rules.matchKeys(),
                rules.recognised(),
                rules.warnings(),
                null,
                raw);
    }

    /** What may come once only of a row's bytes. */
    static List<Row.Once> once(byte[] raw) {
        try {
            return new Row(0, UploadMessage.CONVERSION.read(Json.MAPPER.readTree(raw), new ArrayList<>())).once();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // read before
        }
    }

    ArrayNode results() {
        return results;
    }

    List<AdsError> errors() {
        return errors;
    }

    List<Arrival> arrivals() {
        return arrivals;
    }

    /** Rows that failed. */
    List<LeftOut> leftOut() {
        return leftOut;
    }
}
