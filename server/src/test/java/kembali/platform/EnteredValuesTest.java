package kembali.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kembali.platform.SettingsForm.Field;
import kembali.support.FieldError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnteredValuesTest {
    private static final Field SWITCH = new Field("limits", "Limits", "boolean", false, "false", "", List.of());
    private static final Field TOKEN = new Field("accessToken", "Access token", "text", true, "EAAx", "", List.of());
    private static final SettingsForm FORM = new SettingsForm(List.of(SWITCH), List.of(TOKEN));

    @Test
    void namesEveryFieldNobodyAskedForAndThoseThatAre() {
        var errors = new ArrayList<FieldError>();
        EnteredValues.refuseUnknown(
                "Meta", FORM, Map.of("limits", true, "pixle", "1"), Map.of("accessToken", "x", "token", "y"), errors);
        assertThat(errors)
                .containsExactly(
                        new FieldError("settings.pixle", "Meta has no such field. It knows limits."),
                        new FieldError("credentials.token", "Meta has no such field. It knows accessToken."));
    }

    @Test
    void readsIdsWrittenAsTextOrWholeNumber() {
        assertThat(EnteredValues.idText("007")).isEqualTo("007");
        assertThat(EnteredValues.idText(12)).isEqualTo("12");
        assertThat(EnteredValues.idText(1234567890123456L)).isEqualTo("1234567890123456");
        assertThat(EnteredValues.idText(new BigInteger("12345678901234567890"))).isEqualTo("12345678901234567890");
        assertThat(EnteredValues.idText(1.5)).isNull();
        assertThat(EnteredValues.idText(null)).isNull();
    }

    @Test
    void takesAnEmptyFieldForNone() {
        Map<String, Object> settings = new HashMap<>(Map.of("a", "", "b", "x", "c", 3));
        assertThat(EnteredValues.filled(settings, "a")).isNull();
        assertThat(EnteredValues.filled(settings, "b")).isEqualTo("x");
        assertThat(EnteredValues.filled(settings, "c")).isEqualTo("3");
        assertThat(EnteredValues.filled(settings, "d")).isNull();
    }

    @Test
    void wantsASwitchToBeTrueOrFalse() {
        assertThat(EnteredValues.booleanComplaint(SWITCH, true)).isNull();
        assertThat(EnteredValues.booleanComplaint(SWITCH, null)).isNull();
        assertThat(EnteredValues.booleanComplaint(SWITCH, "true"))
                .isEqualTo("limits must be true or false, for example false.");
    }

    @Test
    void saysWhatIsWrongWithATokenAndNeverWhichItWas() {
        assertThat(complaint("EAAgood")).isNull();
        assertThat(complaint("x".repeat(EnteredValues.LONGEST_TOKEN))).isNull();
        assertThat(complaint("bearer EAAgood"))
                .isEqualTo("Enter the access token alone, without the word Bearer. A right one looks like EAAx.");
        assertThat(complaint("x".repeat(EnteredValues.LONGEST_TOKEN + 1)))
                .isEqualTo("The access token is longer than 4096 characters, so something else was pasted."
                        + " A right one looks like EAAx.");
        for (String broken : List.of("EA good", "EA\ngood", "EA\u00a0good", "EA…good")) {
            assertThat(complaint(broken))
                    .isEqualTo("The access token holds a space, a line break or another character no token has, at"
                            + " place 3. Copy it again. A right one looks like EAAx.")
                    .doesNotContain("good");
        }
    }

    private static @Nullable String complaint(String token) {
        return EnteredValues.tokenComplaint("access token", "no token", "EAAx", token);
    }
}
