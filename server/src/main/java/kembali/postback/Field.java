package kembali.postback;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a postback can say, with the parameters it is read from, the preferred first. */
public enum Field {
    /** Networks also use {@code aff_click_id}, {@code s2} and {@code sub1}, but for other things as well: map those. */
    CLICK_ID("subid", "click_id", "clickid", "sub_id", "cid", "cnv_id", "aff_sub"),
    LEAD_ID("lead_id", "external_ref", "visitor_code"),
    STATUS(
            "status",
            "type",
            "conv_status",
            "conversion_status",
            "cnv_status",
            "event",
            "goal",
            "goal_name",
            "et",
            "action",
            "stage"),
    AMOUNT("payout", "revenue", "profit", "amount", "sum", "value", "price"),
    CURRENCY("currency", "cur", "payout_currency", "cnv_currency", "¤cy"),
    COST("cost"),
    TRANSACTION("tid", "txid", "transaction_id", "transaction", "order_id", "orderid", "convid", "rdtk_event_id"),
    EVENT_TIME("time", "timestamp", "ts", "event_time", "conv_time", "date"),
    EMAIL("em", "email"),
    PHONE("ph", "phone", "msisdn"),
    FIRST_NAME("fn", "first_name"),
    LAST_NAME("ln", "last_name"),
    CITY("ct", "city"),
    STATE("st", "state", "region"),
    ZIP("zp", "zip"),
    COUNTRY("country"),
    EXTERNAL_ID("external_id"),
    REASON("reason", "reject_reason"),
    RETURN("return"),
    DISABLE_POSTBACK("disable_postback"),
    TEST("test"),
    STRICT("strict");

    /** Those that say who somebody is, and are never logged. */
    static final List<Field> PERSON =
            List.of(EMAIL, PHONE, FIRST_NAME, LAST_NAME, CITY, STATE, ZIP, COUNTRY, EXTERNAL_ID);

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable, which the type does not say
    private final List<String> keys;

    Field(String... keys) {
        this.keys = List.of(keys);
    }

    /** The parameters it is read from without a field map. */
    public List<String> keys() {
        return keys;
    }

    /** The name in a source's field map: {@code click_id}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The field of that name, {@code click_id} or {@code clickId}, or of a parameter's, {@code tid}; null when there is none. */
    public static @Nullable Field named(String name) {
        String plain = plain(name);
        for (Field field : values()) {
            if (plain(field.name()).equals(plain)) {
                return field;
            }
        }
        return Arrays.stream(values())
                .filter(f -> f.keys.contains(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(null);
    }

    private static String plain(String name) {
        return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }
}
