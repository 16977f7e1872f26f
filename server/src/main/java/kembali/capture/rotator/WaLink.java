package kembali.capture.rotator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The address that opens WhatsApp with a draft to one number: {@code https://wa.me/<digits>?text=…}. */
public final class WaLink {
    /** Shortest and longest international number (E.164), without the plus. */
    private static final int MIN_DIGITS = 6;

    private static final int MAX_DIGITS = 15;

    /** Who opens the app. Some in-app browsers do better with the longer form. */
    public enum Host {
        WA_ME("wa.me", "https://wa.me/", "?text="),
        API("api.whatsapp.com", "https://api.whatsapp.com/send?phone=", "&text=");

        private final String host;
        private final String beforeNumber;
        private final String beforeText;

        Host(String host, String beforeNumber, String beforeText) {
            this.host = host;
            this.beforeNumber = beforeNumber;
            this.beforeText = beforeText;
        }

        /** @throws IllegalArgumentException when the name is neither wa.me nor api.whatsapp.com */
        public static Host named(String name) {
            for (Host candidate : values()) {
                if (candidate.host.equals(name.strip().toLowerCase(Locale.ROOT))) {
                    return candidate;
                }
            }
            throw new IllegalArgumentException("The WhatsApp host is wa.me or api.whatsapp.com, not " + name);
        }

        public String hostName() {
            return host;
        }
    }

    private WaLink() {}

    /**
     * The link to that number.
     *
     * @param phone full international number; plus, spaces, dashes and brackets are left out
     * @param text the draft, readable
     * @throws IllegalArgumentException when the number has not 6 to 15 digits or begins with a zero: a
     *     link without a number would ask the person whom to write to
     */
    public static String to(Host host, String phone, String text) {
        return host.beforeNumber + digits(phone) + host.beforeText + encode(text);
    }

    /** The link to that number without a draft. */
    public static String bare(String phone) {
        return Host.WA_ME.beforeNumber + digits(phone);
    }

    private static String digits(String phone) {
        var digits = new StringBuilder(MAX_DIGITS);
        for (int i = 0; i < phone.length(); i++) {
            char c = phone.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            } else if (" +-().\u00A0".indexOf(c) < 0) {
                throw new IllegalArgumentException("A WhatsApp number has no '" + c + "': " + phone);
            }
        }
        if (digits.length() < MIN_DIGITS || digits.length() > MAX_DIGITS || digits.charAt(0) == '0') {
            throw new IllegalArgumentException(
                    "A WhatsApp number is the full international one, such as 6281234567890, not " + phone);
        }
        return digits.toString();
    }

    /** Percent-encoded UTF-8. A space is {@code %20}, because WhatsApp shows a {@code +} as a plus. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
