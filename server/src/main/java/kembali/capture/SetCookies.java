package kembali.capture;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes our {@code Set-Cookie} headers. Cookies come from the server and not from the script, because
 * Safari keeps a script's cookies for seven days only.
 */
public final class SetCookies {
    /** 400 days, the longest life Chrome gives any cookie. */
    public static final int VISITOR_SECONDS = 34_560_000;

    /** 90 days, the life Meta's own pixel gives its click cookie. */
    public static final int FBC_SECONDS = 7_776_000;

    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9-]{1,63}(?:\\.[a-z0-9-]{1,63})*+");

    private final boolean https;
    private final String visitorName;
    private final String scope;

    /**
     * @param https whether browsers reach us over https; browsers drop {@code Secure} cookies otherwise
     * @param domain the brand's domain, when its pages and our host differ below it; null for our host only
     * @throws IllegalArgumentException when the domain is no host name
     */
    public SetCookies(boolean https, @Nullable String domain) {
        this.https = https;
        this.visitorName = https ? "__Secure-kmb_v" : "kmb_v";
        this.scope = "; Path=/" + (https ? "; Secure" : "") + "; SameSite=Lax" + domainAttribute(domain);
    }

    private static String domainAttribute(@Nullable String domain) {
        if (domain == null || domain.isBlank()) {
            return "";
        }
        String host = domain.strip().toLowerCase(Locale.ROOT);
        host = host.startsWith(".") ? host.substring(1) : host;
        if (host.length() > 253 || !DOMAIN.matcher(host).matches()) {
            throw new IllegalArgumentException("A cookie's domain is a host name such as shop.example, not " + domain);
        }
        return "; Domain=" + host;
    }

    /** The visitor cookie's name, for reading it: {@code __Secure-kmb_v}, over plain http {@code kmb_v}. */
    public String visitorName() {
        return visitorName;
    }

    /**
     * The header of the visitor cookie; scripts cannot read it.
     *
     * @param value from {@link VisitorCookie#write}
     * @param remember false keeps it for the browser session only: no consent to more
     */
    public String visitor(String value, boolean remember) {
        String life = remember ? "; Max-Age=" + VISITOR_SECONDS : "";
        return visitorName + "=" + value + scope + "; HttpOnly" + life;
    }

    /**
     * The header of Meta's click cookie, which Meta's pixel reads by script.
     *
     * @param fbc from {@link Fbc#toWrite}
     */
    public String fbc(String fbc) {
        if (!Fbc.isValid(fbc)) {
            throw new IllegalArgumentException("Not a value of the _fbc cookie");
        }
        return "_fbc=" + fbc + scope + "; Max-Age=" + FBC_SECONDS;
    }

    public boolean isHttps() {
        return https;
    }
}
