package kembali.campaign;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import kembali.campaign.Finding.Weight;
import kembali.campaign.MacroTemplate.Form;
import kembali.campaign.MacroTemplate.Part;
import kembali.campaign.MacroTemplate.Place;
import kembali.campaign.Macros.Macro;
import org.jspecify.annotations.Nullable;

/** Parses one template, once. */
final class MacroParser {
    private static final int LONGEST_MACRO = 300;

    private final String text;
    private final Place place;
    private final Set<String> ownKeys;
    private final List<Part> parts = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private boolean inJsonString;

    MacroParser(String text, Place place, Set<String> ownKeys) {
        this.text = text.strip();
        this.place = place;
        this.ownKeys = ownKeys;
    }

    MacroTemplate parse() {
        if (text.length() > MacroTemplate.MAX_LENGTH) {
            refuse("too_long", "", "The template is longer than 8,192 characters.", "Shorten it.");
            return new MacroTemplate(text, List.of(), findings);
        }
        int i = 0;
        while (i < text.length()) {
            int next = macroAt(i);
            if (next > i) {
                i = next;
            } else {
                literal(text.charAt(i++));
            }
        }
        flush();
        if (place == Place.URL) {
            checkAddress();
        }
        return new MacroTemplate(text, parts, findings);
    }

    private void literal(char c) {
        if (place == Place.JSON && c == '"' && !isEscapedHere()) {
            inJsonString = !inJsonString;
        }
        literal.append(c);
    }

    private boolean isEscapedHere() {
        int slashes = 0;
        for (int i = literal.length() - 1; i >= 0 && literal.charAt(i) == '\\'; i--) {
            slashes++;
        }
        return slashes % 2 == 1;
    }

    private void flush() {
        if (!literal.isEmpty()) {
            if (place == Place.JSON) {
                parts.add(new Part.Literal(literal.toString()));
            } else {
                var clean = new StringBuilder(literal.length());
                PercentEncoder.appendLiteral(clean, literal.toString());
                parts.add(new Part.Literal(clean.toString()));
            }
            literal.setLength(0);
        }
    }

    /** Takes the macro that begins at {@code i}; answers where reading goes on, {@code i} itself when none begins there. */
    private int macroAt(int i) {
        char c = text.charAt(i);
        if (c == '%' && text.regionMatches(true, i, "%7B", 0, 3)) {
            int close = within(i, "%7D");
            return close < 0 || !isKnown(text.substring(i + 3, close)) ? i : encodedMacro(i + 3, close);
        }
        if (c != '{') {
            return i;
        }
        if (place != Place.JSON && text.startsWith("{{", i)) {
            int close = within(i, "}}");
            if (close > 0) {
                unknown(
                        text.substring(i, close + 2),
                        "is a macro of an ad platform, which only fills links of its own");
                return close + 2;
            }
        }
        int close = closing(i);
        if (close < 0) {
            return i;
        }
        String inner = text.substring(i + 1, close);
        if (!isName(inner)) {
            if (place == Place.JSON) {
                return i; // an object
            }
            unknown(text.substring(i, close + 1), "is no macro");
            return close + 1;
        }
        macro(inner);
        return close + 1;
    }

    /** Where that end is, not too far from {@code i}; -1 when it is not. */
    private int within(int i, String end) {
        int last = Math.min(text.length(), i + LONGEST_MACRO);
        for (int k = i + 1; k < last; k++) {
            if (text.regionMatches(true, k, end, 0, end.length())) {
                return k;
            }
        }
        return -1;
    }

    private int encodedMacro(int from, int close) {
        findings.add(new Finding(
                "encoded_macro",
                Weight.MENDED,
                "{" + text.substring(from, close) + "}",
                "The braces of a macro were encoded, as browsers do; it is filled all the same.",
                "Write {" + text.substring(from, close) + "}."));
        macro(text.substring(from, close));
        return close + 3;
    }

    /** The brace that closes the one at {@code i}, or -1 when another opens before or none does. */
    private int closing(int i) {
        int end = Math.min(text.length(), i + LONGEST_MACRO);
        for (int k = i + 1; k < end; k++) {
            char c = text.charAt(k);
            if (c == '}') {
                return k;
            }
            if (c == '{') {
                return -1;
            }
        }
        return -1;
    }

    private boolean isKnown(String inner) {
        return isName(inner) && (Macros.named(name(inner)) != null || isOwn(name(inner)));
    }

    private boolean isOwn(String name) {
        return ownKeys.contains(name)
                || AutomaticKeys.ATTRIBUTION.contains(name)
                || AutomaticKeys.CLICK_IDS.containsKey(name);
    }

    /** A name, perhaps with an argument after a colon. */
    private static boolean isName(String inner) {
        int colon = inner.indexOf(':');
        String name = colon < 0 ? inner : inner.substring(0, colon);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (!letter && (i == 0 || (!(c >= '0' && c <= '9') && c != '-' && c != '.'))) {
                return false;
            }
        }
        return !name.isEmpty() && !name.equals("_");
    }

    private static String name(String inner) {
        int colon = inner.indexOf(':');
        String name = (colon < 0 ? inner : inner.substring(0, colon)).toLowerCase(Locale.ROOT);
        return name.startsWith("_") ? name.substring(1) : name;
    }

    private void macro(String inner) {
        int colon = inner.indexOf(':');
        String argument = colon < 0 ? null : inner.substring(colon + 1).strip();
        boolean raw = inner.startsWith("_");
        String name = name(inner);
        String written = "{" + inner + "}";
        if (name.equals(Macros.FROM_FILE)) {
            refuse(
                    "from_file",
                    written,
                    written + " would read files of the server and is not filled.",
                    "Write what the file holds into the template.");
            leaveOut();
            return;
        }
        Macro macro = Macros.named(name);
        if (macro == null && !isOwn(name)) {
            unknown(written, "is no macro we know");
            return;
        }
        flush();
        Form form = form(raw, name, written);
        if (macro == null) {
            parts.add(new Part.Value(name, null, form));
        } else {
            known(macro, argument, form, written);
        }
    }

    private void known(Macro macro, @Nullable String argument, Form form, String written) {
        switch (macro.name()) {
            case Macros.STATUS ->
                parts.add(
                        argument == null
                                ? new Part.Value(Macros.STATUS, null, form)
                                : new Part.Status(words(argument, written), form));
            case Macros.DATE -> date(argument, form, written);
            case Macros.OFFER -> parts.add(new Part.Value(Macros.OFFER, argument, form));
            case Macros.KEYWORD -> parts.add(new Part.Value(Macros.KEYWORD, null, charset(argument, form, written)));
            default -> {
                if (argument != null) {
                    hint(
                            "argument_ignored",
                            written,
                            "What stands after the colon of " + written + " has no effect here.",
                            "Write {" + macro.name() + "}.");
                }
                parts.add(new Part.Value(macro.name(), null, form));
            }
        }
    }

    private Form form(boolean raw, String name, String written) {
        if (place == Place.JSON) {
            return inJsonString ? new Form.Escaped() : new Form.Quoted();
        }
        boolean whole = place == Place.URL && parts.isEmpty() && name.equals(Macros.DESTINATION);
        if (whole) {
            if (!raw) {
                hint(
                        "destination_encoded",
                        written,
                        "A URL that begins with {destination} has to begin with the bare address.",
                        "It is filled like {_destination}; write it so.");
            }
            return new Form.Whole();
        }
        if (raw) {
            hint(
                    "raw_encoded",
                    written,
                    written
                            + " asks for the bare value; in a URL it is percent-encoded all the same, so that a value cannot"
                            + " change the address.",
                    "Write {" + name + "}.");
        }
        return new Form.Percent();
    }

    private Map<String, String> words(String argument, String written) {
        Map<String, String> words = new HashMap<>();
        for (String pair : argument.split("\\s+", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                words.put(pair.substring(0, equals).toLowerCase(Locale.ROOT), pair.substring(equals + 1));
            } else if (!pair.isEmpty()) {
                hint(
                        "status_words",
                        written,
                        "\"" + pair + "\" in " + written + " is no pair of words and has no effect.",
                        "Write pairs such as {status:lead=reg sale=dep}.");
            }
        }
        return Map.copyOf(words);
    }

    private void date(@Nullable String argument, Form form, String written) {
        PhpDate.Parsed parsed = PhpDate.parse(argument == null || argument.isEmpty() ? "Y-m-d" : argument);
        if (parsed.unknownZone() != null) {
            hint(
                    "unknown_zone",
                    written,
                    "\"" + parsed.unknownZone() + "\" is no time zone; the date is in UTC.",
                    "Write a zone such as Asia/Jakarta.");
        }
        parts.add(new Part.Date(parsed.date(), form));
    }

    private Form charset(@Nullable String argument, Form form, String written) {
        if (argument == null || argument.isEmpty() || !(form instanceof Form.Percent)) {
            return form;
        }
        try {
            Charset charset = Charset.forName(argument);
            return charset.equals(StandardCharsets.UTF_8) || !charset.canEncode() ? form : new Form.PercentIn(charset);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            hint(
                    "unknown_charset",
                    written,
                    "\"" + argument + "\" is no charset we know; the keyword is written in UTF-8.",
                    "Write {keyword} or a charset such as windows-1251.");
            return form;
        }
    }

    /** A URL leads somewhere by what its owner wrote, not by what a visitor's link holds. */
    private void checkAddress() {
        if (!parts.isEmpty() && parts.getFirst() instanceof Part.Value v && v.form() instanceof Form.Whole) {
            return;
        }
        String start = !parts.isEmpty() && parts.getFirst() instanceof Part.Literal l ? l.text() : "";
        String lower = start.toLowerCase(Locale.ROOT);
        int scheme = lower.startsWith("https://") ? 8 : lower.startsWith("http://") ? 7 : -1;
        if (scheme < 0) {
            refuse(
                    "no_address",
                    "",
                    "The template does not begin with http:// or https://.",
                    "Write a whole address, such as https://shop.example/?subid={subid}.");
            return;
        }
        int end = scheme;
        while (end < start.length() && "/?#".indexOf(start.charAt(end)) < 0) {
            end++;
        }
        if (end == scheme && (end < start.length() || parts.size() == 1)) {
            refuse("no_host", "", "The address names no host.", "Write it whole, such as https://shop.example/.");
        } else if (end == start.length() && parts.size() > 1) {
            findings.add(new Finding(
                    "macro_in_host",
                    Weight.LOSES,
                    "",
                    "A macro stands in the host of the address: whoever makes a link can choose where your visitors go.",
                    "Write the host out, and a macro only after the slash."));
        }
    }

    /** Nothing in place of a macro; in a JSON body outside a string, where nothing is an error, an empty string. */
    private void leaveOut() {
        if (place == Place.JSON && !inJsonString) {
            literal.append("\"\"");
        }
    }

    private void unknown(String written, String what) {
        leaveOut();
        findings.add(new Finding(
                "unknown_macro",
                Weight.LOSES,
                written,
                written + " " + what + "; nothing is written in its place.",
                "Correct the name, or make it a parameter of the campaign."));
    }

    private void refuse(String code, String about, String sentence, String fix) {
        findings.add(new Finding(code, Weight.REFUSED, about, sentence, fix));
    }

    private void hint(String code, String about, String sentence, String fix) {
        findings.add(new Finding(code, Weight.HINT, about, sentence, fix));
    }
}
