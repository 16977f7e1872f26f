package kembali.delivery.courier;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import kembali.support.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The proxy a pixel's requests leave through: {@code http://user:pass@host:port} or {@code
 * socks5://user:pass@host:port}.
 *
 * @param host name or IP address; IPv6 without brackets
 * @param port 1 to 65535
 * @param login null when the proxy asks for none
 */
public record ProxyAddress(
        Kind kind, String host, int port, @Nullable Login login) {
    public enum Kind {
        HTTP,
        SOCKS5
    }

    /** Who we are to the proxy; prints neither. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "***";
        }
    }

    private static final String EXAMPLE = "; write it like http://user:password@proxy.example.com:3128";
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern PORT = Pattern.compile("\\d{1,5}");

    /**
     * Reads what a user typed. User and password may be percent-encoded; a password may hold
     * {@code @} and {@code :} as they are.
     *
     * @throws Refusal of the field {@code proxy}, saying what is wrong without repeating the password
     */
    public static ProxyAddress parse(String text) {
        String trimmed = text.strip();
        int scheme = trimmed.indexOf("://");
        if (scheme < 0) {
            throw refused("must begin with http:// or socks5://");
        }
        Kind kind = kind(trimmed.substring(0, scheme).toLowerCase(Locale.ROOT));
        String rest = trimmed.substring(scheme + 3);
        int at = rest.lastIndexOf('@');
        Login login = at < 0 ? null : login(kind, rest.substring(0, at));
        String place = rest.substring(at + 1);
        if (place.endsWith("/")) {
            place = place.substring(0, place.length() - 1);
        }
        if (place.indexOf('/') >= 0 || place.indexOf('?') >= 0 || place.indexOf('#') >= 0) {
            // Also where an unencoded "@" before a path would make us misread the password as a host.
            throw refused("must end after the port, without a path");
        }
        int colon = place.startsWith("[") ? place.indexOf(':', Math.max(place.indexOf(']'), 0)) : place.indexOf(':');
        if (colon < 0) {
            throw refused("names no port");
        }
        return new ProxyAddress(kind, host(place.substring(0, colon)), port(place.substring(colon + 1)), login);
    }

    private static Kind kind(String scheme) {
        return switch (scheme) {
            case "http" -> Kind.HTTP;
            case "socks5", "socks5h" -> Kind.SOCKS5; // names are always resolved by the proxy
            case "https" ->
                // Treating it as http:// would send the login in the clear where TLS was asked for.
                throw refused("begins with https://, a TLS connection to the proxy itself, which is not supported; "
                        + "most such proxies also answer to http:// (requests to the platforms stay encrypted)");
            default -> throw refused("must begin with http:// or socks5://");
        };
    }

    private static Login login(Kind kind, String text) {
        int colon = text.indexOf(':');
        Login login = new Login(
                decode(colon < 0 ? text : text.substring(0, colon)),
                colon < 0 ? "" : decode(text.substring(colon + 1)));
        if (login.user.isEmpty()) {
            throw refused("has a password but no user name");
        }
        // RFC 1929: one byte holds each length.
        if (kind == Kind.SOCKS5 && (tooLong(login.user) || tooLong(login.password))) {
            throw refused("has a user name or password over 255 bytes, more than SOCKS5 can carry");
        }
        // RFC 7617: the first colon ends the user name.
        if (kind == Kind.HTTP && login.user.indexOf(':') >= 0) {
            throw refused("has a colon in the user name, which HTTP proxies cannot read");
        }
        return login;
    }

    private static boolean tooLong(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length > 255;
    }

    private static String host(String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String host = bracketed ? text.substring(1, text.length() - 1) : text;
        if (host.isEmpty()) {
            throw refused("names no host");
        }
        if (!HOST.matcher(host).matches() || host.indexOf(':') >= 0 != bracketed) {
            throw refused("has a host that is neither a name nor an IP address");
        }
        return host.toLowerCase(Locale.ROOT);
    }

    private static int port(String text) {
        int port = PORT.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65535) {
            throw refused("has a port that is no number from 1 to 65535");
        }
        return port;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // a percent sign of the password itself
        }
    }

    private static Refusal refused(String fault) {
        return Refusal.invalid("proxy", fault + EXAMPLE);
    }

    /** The address alone, as somebody would enter it. */
    public String withoutLogin() {
        return new ProxyAddress(kind, host, port, null).toString();
    }

    /** Without the login. */
    @Override
    public String toString() {
        String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return kind.name().toLowerCase(Locale.ROOT) + "://" + (login == null ? "" : "***@") + shown + ":" + port;
    }
}
