package kembali.platform.googleads;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;

/**
 * A service account key made for one test: a real one has no business in a repository.
 *
 * @param file as Google Cloud would let it be downloaded
 */
record TestKey(String file, PublicKey publicKey) {
    static TestKey make() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(pair.getPrivate().getEncoded());
        return new TestKey(
                file("-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n"), pair.getPublic());
    }

    static String file(String privateKey) {
        return "{\"type\":\"service_account\",\"project_id\":\"toko-example\",\"private_key_id\":\"0123456789abcdef\","
                + "\"private_key\":\"" + privateKey.replace("\n", "\\n")
                + "\",\"client_email\":\"kembali@toko-example.iam.gserviceaccount.com\","
                + "\"token_uri\":\"https://oauth2.googleapis.com/token\"}";
    }
}
