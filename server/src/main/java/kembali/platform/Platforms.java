package kembali.platform;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kembali.platform.ga4.Ga4Platform;
import kembali.platform.googleads.GoogleAdsPlatform;
import kembali.platform.linkedin.LinkedInPlatform;
import kembali.platform.meta.MetaPlatform;
import kembali.platform.s2s.S2sPlatform;
import kembali.platform.tiktok.TikTokPlatform;

/** The list that registers platforms; the only place that names them all. */
public final class Platforms {
    private final Map<String, Platform> byKey = new LinkedHashMap<>();

    public Platforms(List<Platform> platforms) {
        for (Platform p : platforms) {
            byKey.put(p.key(), p);
        }
    }

    /** Every platform this build can report to. */
    public static Platforms all() {
        return new Platforms(List.of(
                new MetaPlatform(),
                new Ga4Platform(),
                new GoogleAdsPlatform(),
                new TikTokPlatform(),
                new LinkedInPlatform(),
                new S2sPlatform()));
    }

    public Optional<Platform> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** The platform of that key; an unknown key is a bug, keys are checked where they enter. */
    public Platform get(String key) {
        Platform p = byKey.get(key);
        if (p == null) {
            throw new IllegalArgumentException("no such platform: " + key);
        }
        return p;
    }

    public List<Platform> list() {
        return List.copyOf(byKey.values());
    }
}
