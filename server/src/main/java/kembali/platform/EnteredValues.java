package kembali.platform;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kembali.platform.SettingsForm.Field;
import kembali.support.FieldError;
import org.jspecify.annotations.Nullable;

/**
 * What an advertiser entered, where all platforms read it and complain of it alike. No complaint repeats a secret: the
 * answer may be logged.
 */
public final class EnteredValues {
    /** LinkedIn's tokens of Campaign Manager have 2,000 characters and more; no token is longer than this. */
    public static final int LONGEST_TOKEN = 4096;

    private EnteredValues() {}

    /** Complains of every field the form does not have. */
    public static void refuseUnknown(
            String platform,
            SettingsForm form,
            Map<String, Object> settings,
            Map<String, String> credentials,
            List<FieldError> errors) {
        refuseUnknown(platform, "settings.", settings.keySet(), form.settings(), errors);
        refuseUnknown(platform, "credentials.", credentials.keySet(), form.credentials(), errors);
    }

    private static void refuseUnknown(
            String platform, String prefix, Set<String> names, List<Field> known, List<FieldError> errors) {
        for (String name : names) {
            if (known.stream().noneMatch(f -> f.name().equals(name))) {
                String knows = String.join(", ", known.stream().map(Field::name).toList());
                errors.add(new FieldError(prefix + name, platform + " has no such field. It knows " + knows + "."));
            }
        }
    }

    /** Adds a complaint about a field, when there is one. */
    public static void add(List<FieldError> errors, String field, @Nullable String complaint) {
        if (complaint != null) {
            errors.add(new FieldError(field, complaint));
        }
    }

    /** An id as text: ids may come as JSON numbers. Null for anything else; a floating number has already lost digits. */
    public static @Nullable String idText(@Nullable Object value) {
        return switch (value) {
            case String s -> s;
            case Integer i -> i.toString();
            case Long l -> l.toString();
            case BigInteger b -> b.toString();
            case null, default -> null;
        };
    }

    /** The id or text in a field; null when it is empty or neither. */
    public static @Nullable String filled(Map<String, Object> settings, String name) {
        String text = idText(settings.get(name));
        return text == null || text.isEmpty() ? null : text;
    }

    public static @Nullable String booleanComplaint(Field field, @Nullable Object value) {
        return value == null || value instanceof Boolean
                ? null
                : field.name() + " must be true or false, for example " + field.example() + ".";
    }

    /**
     * What is wrong with a token that somebody filled in, or null: something pasted around it, in place of it or into it.
     *
     * @param what its name in a sentence: {@code access token}
     * @param none who has such a character: {@code no token}, {@code none}
     * @param example how a right one looks
     */
    public static @Nullable String tokenComplaint(String what, String none, String example, String token) {
        String looks = " A right one looks like " + example + ".";
        if (token.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return "Enter the " + what + " alone, without the word Bearer." + looks;
        }
        if (token.length() > LONGEST_TOKEN) {
            return "The " + what + " is longer than " + LONGEST_TOKEN + " characters, so something else was pasted."
                    + looks;
        }
        return characterComplaint(what, none, example, token);
    }

    /** The same of characters alone, for secrets with rules of their own. */
    public static @Nullable String characterComplaint(String what, String none, String example, String secret) {
        for (int i = 0; i < secret.length(); i++) {
            char c = secret.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                return "The " + what + " holds a space, a line break or another character " + none + " has, at place "
                        + (i + 1) + ". Copy it again. A right one looks like " + example + ".";
            }
        }
        return null;
    }
}
