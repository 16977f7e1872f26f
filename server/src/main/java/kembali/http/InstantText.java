package kembali.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * An instant as RFC 3339 has it, with its zone, cut to the milliseconds we keep. Never a number: nobody could tell
 * seconds from milliseconds.
 */
final class InstantText extends StdDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    InstantText() {
        super(Instant.class);
    }

    @Override
    public @Nullable Instant deserialize(JsonParser p, DeserializationContext context) throws IOException {
        String text = p.currentToken().isScalarValue() ? p.getText().strip() : "";
        if (p.hasToken(JsonToken.VALUE_STRING)) {
            try {
                return Instant.parse(text).truncatedTo(ChronoUnit.MILLIS);
            } catch (DateTimeParseException e) {
                return (Instant) context.handleWeirdStringValue(Instant.class, text, "not an instant");
            }
        }
        return (Instant) context.handleWeirdStringValue(Instant.class, text, "not an instant");
    }
}
