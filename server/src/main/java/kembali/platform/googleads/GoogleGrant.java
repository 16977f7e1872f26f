package kembali.platform.googleads;

import java.util.List;
import java.util.Map;
import kembali.identity.Sha256;
import org.jspecify.annotations.Nullable;

/** By what a pixel may act in somebody's Google account. None of them prints a secret. */
sealed interface GoogleGrant {
    /** Everything that must not appear in a log or message. */
    List<String> secrets();

    /** What tells this grant from others. Secret: for hashing only. */
    String identity();

    /** The Cloud project whose quota is used, as far as it can be told, hashed. */
    String project();

    /** A person's consent, once given in a browser. */
    record RefreshToken(String refreshToken, String clientId, String clientSecret) implements GoogleGrant {
        @Override
        public List<String> secrets() {
            return List.of(refreshToken, clientId, clientSecret);
        }

        @Override
        public String identity() {
            return "refresh_token\n" + refreshToken + "\n" + clientId + "\n" + clientSecret;
        }

        /** A client id begins with the number of its project: {@code 1234567890-abc.apps.googleusercontent.com}. */
        @Override
        public String project() {
            int dash = clientId.indexOf('-');
            return named(dash > 0 ? clientId.substring(0, dash) : clientId);
        }

        @Override
        public String toString() {
            return "RefreshToken[***]";
        }
    }

    /** A robot that was invited as a user. */
    record ServiceAccount(ServiceAccountKey key) implements GoogleGrant {
        @Override
        public List<String> secrets() {
            return key.secrets();
        }

        @Override
        public String identity() {
            return "service_account\n" + key.clientEmail() + "\n" + String.join("\n", key.secrets());
        }

        @Override
        public String project() {
            return named(key.projectId() == null ? key.clientEmail() : key.projectId());
        }

        @Override
        public String toString() {
            return "ServiceAccount[***]";
        }
    }

    /** Only in a pixel that was saved half done. */
    record Missing() implements GoogleGrant {
        @Override
        public List<String> secrets() {
            return List.of();
        }

        @Override
        public String identity() {
            return "";
        }

        @Override
        public String project() {
            return "none";
        }
    }

    private static String named(String project) {
        return Sha256.hex(project).substring(0, 16);
    }

    /** Opens credentials that passed the check; {@link Missing} where they would not. */
    static GoogleGrant of(Map<String, String> credentials) {
        String keyFile = filled(credentials.get("serviceAccountJson"));
        if (keyFile != null) {
            return switch (ServiceAccountKey.parse(keyFile)) {
                case ServiceAccountKey.Parsed.Key k -> new ServiceAccount(k.key());
                case ServiceAccountKey.Parsed.Wrong w -> new Missing();
            };
        }
        String refreshToken = filled(credentials.get("refreshToken"));
        String clientId = filled(credentials.get("clientId"));
        String clientSecret = filled(credentials.get("clientSecret"));
        return refreshToken == null || clientId == null || clientSecret == null
                ? new Missing()
                : new RefreshToken(refreshToken, clientId, clientSecret);
    }

    static @Nullable String filled(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
