package kembali.demo.report;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where the demo writes: a terminal with colour and a line that is rewritten in place, or a plain
 * stream. Signs the output cannot show are replaced by plain ones of the same width.
 */
public final class Screen {
    /** Columns of every line. */
    public static final int WIDTH = 100;

    private static final String SIGNS = "─…·→–✓✗";
    private static final String PLAIN = "-~.>-+x";

    /** How a text looks on a terminal. */
    public enum Look {
        PLAIN(""),
        STRONG("1"),
        FAINT("2"),
        GOOD("32"),
        WARN("33"),
        BAD("31"),
        ACCENT("36");

        private final String code;

        Look(String code) {
            this.code = code;
        }
    }

    private final PrintStream out;
    private final boolean terminal;
    private final boolean colour;
    private final boolean signs;
    private boolean openLine;

    /**
     * @param terminal whether a line can be rewritten
     * @param colour whether looks are shown
     * @param signs whether signs beyond ASCII are shown
     */
    public Screen(PrintStream out, boolean terminal, boolean colour, boolean signs) {
        this.out = out;
        this.terminal = terminal;
        this.colour = colour;
        this.signs = signs;
    }

    /** The standard output of this process. */
    public static Screen standard(Map<String, String> environment) {
        Console console = System.console();
        boolean terminal =
                console != null && console.isTerminal() && !"dumb".equals(environment.getOrDefault("TERM", "dumb"));
        // Other programs read what is piped as UTF-8; a terminal says itself what it can show.
        Charset charset = terminal
                ? Charset.forName(System.getProperty("stdout.encoding", "UTF-8"), StandardCharsets.UTF_8)
                : StandardCharsets.UTF_8;
        boolean colour = terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, charset);
        return new Screen(out, terminal, colour, charset.newEncoder().canEncode(SIGNS));
    }

    /** A text with its look, for a part of a line. */
    public String styled(Look look, String text) {
        return colour && look != Look.PLAIN && !text.isEmpty()
                ? "\u001B[" + look.code + "m" + text + "\u001B[0m"
                : text;
    }

    public void line(String text) {
        closeOpenLine();
        out.println(shown(text));
    }

    public void line(Look look, String text) {
        line(styled(look, text));
    }

    /** A heading with a rule to the right edge. */
    public void heading(String text) {
        line("");
        line(styled(Look.STRONG, text) + " " + styled(Look.FAINT, "─".repeat(Math.max(0, WIDTH - text.length() - 1))));
    }

    /** Shows how far something is; where a line cannot be rewritten, nothing. */
    public synchronized void passing(String text) {
        if (terminal) {
            out.print("\r\u001B[K" + shown(text));
            out.flush();
            openLine = true;
        }
    }

    private synchronized void closeOpenLine() {
        if (openLine) {
            out.print("\r\u001B[K");
            openLine = false;
        }
    }

    private String shown(String text) {
        if (signs) {
            return text;
        }
        var plain = new StringBuilder(text);
        for (int i = 0; i < plain.length(); i++) {
            int sign = SIGNS.indexOf(plain.charAt(i));
            if (sign >= 0) {
                plain.setCharAt(i, PLAIN.charAt(sign));
            }
        }
        return plain.toString();
    }
}
