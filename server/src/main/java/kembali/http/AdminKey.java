package kembali.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import kembali.support.Settings;
import org.jspecify.annotations.Nullable;

/** The owner-level key of {@code KEMBALI_ADMIN_KEY}, compared in constant time. */
public final class AdminKey {
    private static final String SCHEME = "Bearer ";

    private AdminKey() {}

    static boolean isBearer(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /** True when the {@code Authorization} header carries the key; never when no key is configured. */
    public static boolean matches(Settings settings, @Nullable String authorization) {
        String key = settings.adminKey();
        return key != null
                && authorization != null
                && isBearer(authorization)
                && MessageDigest.isEqual(
                        authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8),
                        key.getBytes(StandardCharsets.UTF_8));
    }
}
