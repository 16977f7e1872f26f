package kembali.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Money: a decimal in a string. A JSON number is taken too, digit by digit, never by way of a double. */
public final class DecimalText extends StdDeserializer<BigDecimal> {
    private static final long serialVersionUID = 1L;
    private static final Pattern PLAIN = Pattern.compile("-?\\d{1,30}(\\.\\d{1,20})?");

    public DecimalText() {
        super(BigDecimal.class);
    }

    @Override
    public @Nullable BigDecimal deserialize(JsonParser p, DeserializationContext context) throws IOException {
        String text = p.currentToken().isScalarValue() ? p.getText().strip() : "";
        boolean fits = switch (p.currentToken()) {
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                PLAIN.matcher(text).matches();
            default -> false;
        };
        if (!fits) {
            return (BigDecimal) context.handleWeirdStringValue(BigDecimal.class, text, "not a plain decimal");
        }
        return new BigDecimal(text);
    }
}
