package kembali.platform;

import java.util.Map;

/**
 * Where the platforms are reached: their own hosts, unless the operator named others.
 *
 * @param configured base address by endpoint name ({@code meta}, {@code google_oauth}, …), scheme, host and port,
 *     without a trailing slash; a name left out means the platform's own host
 */
public record Endpoints(Map<String, String> configured) {
    /** Every platform at its own hosts. */
    public static final Endpoints USUAL = new Endpoints(Map.of());

    public Endpoints {
        configured = Map.copyOf(configured);
    }

    /** The configured base address of that name, else the given one. */
    public String of(String name, String usual) {
        return configured.getOrDefault(name, usual);
    }
}
