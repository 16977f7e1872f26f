package kembali.sandbox.google;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import kembali.sandbox.SandboxClient;
import kembali.sandbox.Warning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoogleKnownTest {
    private final GoogleKnown known = new GoogleKnown();

    /** Computed outside this program. */
    @ParameterizedTest
    @CsvSource({
        "em, ' Budi.Santoso+promo@Gmail.com ', 3d1c2a3c08f83c8f3bff319929209899cd8dfcbd7c1ee2bd761da91775c5ce48",
        "em, ' Budi.Santoso+promo@Gmail.com ', PRwqPAj4PI87/zGZKSCYmc2N/L18HuK9dh2pF3XFzkg=",
        "em, b.u.d.i@googlemail.com, 4a36cd50d578de8e515e377b431940fd94c657cb239066c1c4a3b5d00d04b20d",
        "em, b.u.d.i@googlemail.com, SjbNUNV43o5RXjd7QxlA/ZTGV8sjkGbBxKO10A0Esg0=",
        "em, Siti.Aminah+wa@Example.co.id, 9300ad0515e3349213840aa23b194c37b7b82717d6c35f0efe16b0e0f68075b3",
        "em, Siti.Aminah+wa@Example.co.id, kwCtBRXjNJIThAqiOxlMN7e4JxfWw18O/haw4PaAdbM=",
        "em, '  ALEXZ@example.com   ', 509e933019bb285a134a9334b8bb679dff79d0ce023d529af4bd744d47b4fd8a",
        "em, '  ALEXZ@example.com   ', UJ6TMBm7KFoTSpM0uLtnnf950M4CPVKa9L10TUe0/Yo=",
        "ph, 0812-3456-7890, 62397bbd6a8c9ae53bc914a6017300eb6b13af5be20e4cc9ad2dc3d61ecb24cd",
        "ph, +62 812 3456 7890, Yjl7vWqMmuU7yRSmAXMA62sTr1viDkzJrS3D1h7LJM0=",
        "ph, +1 800-555-0100, fb4f73a6ec5fdb7077d564cdd22c3554b43ce49168550c3b12c547b78c517b30",
        "ph, +1 800-555-0100, +09zpuxf23B31WTN0iw1VLQ85JFoVQw7EsVHt4xRezA=",
        "fn, Budi, 24263bfaefb124c488c2f5e63d1d30b418f51d0d6f5b380aa1956ec40ea57278",
        "fn, Mr. Budi, 24263bfaefb124c488c2f5e63d1d30b418f51d0d6f5b380aa1956ec40ea57278",
        "ln, 'Budi, Jr. PhD', 24263bfaefb124c488c2f5e63d1d30b418f51d0d6f5b380aa1956ec40ea57278",
    })
    void recognisesTheRightHash(String key, String plain, String hash) {
        learn(key, plain);
        assertThat(known.look(key, key, hash)).isEqualTo(new GoogleKnown.Finding(true, null));
    }

    @ParameterizedTest
    @CsvSource({
        "em, Budi.S+x@Gmail.com, Budi.S+x@Gmail.com, not trimmed or upper case",
        "em, Budi.S+x@Gmail.com, budi.s+x@gmail.com, dots and +tag of a gmail address kept",
        "em, Budi.S+x@Gmail.com, budi.s@gmail.com, dots of a gmail address kept",
        "em, Budi.S+x@Gmail.com, budis+x@gmail.com, +tag of a gmail address kept",
        "em, b.u.d.i@gmail.com, bu.d.i@gmail.com, only the first dot of a gmail address cut",
        "ph, 0812-3456-7890, 6281234567890, without plus",
        "ph, 0812-3456-7890, 081234567890, 'local form, no country code'",
        "ph, 0812-3456-7890, +081234567890, local form with a plus",
        "ph, 0812-3456-7890, 0812-3456-7890, as typed",
        "fn, Budi, Budi, as typed",
        "fn, Dr. Budi, dr. budi, title or suffix kept",
    })
    void namesTheSlip(String key, String plain, String hashed, String slip) {
        learn(key, plain);
        GoogleKnown.Finding found = known.look(key, "field", sha256(hashed));
        assertThat(found)
                .isEqualTo(new GoogleKnown.Finding(false, new Warning("wrong_normalisation", "field: " + slip)));
    }

    @Test
    void findsWhatWasHashedTwice() {
        learn("em", "budi@example.co.id");
        GoogleKnown.Finding found = known.look("em", "em", sha256(sha256("budi@example.co.id")));
        assertThat(found.warning()).isEqualTo(new Warning("wrong_normalisation", "em: hashed twice"));
    }

    @Test
    void findsHashesOfNothingWithoutKnowingAnybody() {
        assertThat(known.look("em", "em", sha256("")).warning())
                .isEqualTo(new Warning("empty_hashed", "em: hash of an empty text"));
        assertThat(known.look("em", "em", sha256("null")).warning())
                .isEqualTo(new Warning("placeholder_hashed", "em: hash of 'null'"));
    }

    @Test
    void saysNothingOfPeopleItDoesNotKnow() {
        assertThat(known.look("em", "em", sha256("somebody@example.co.id")))
                .isEqualTo(new GoogleKnown.Finding(false, null));
        learn("em", "somebody@example.co.id");
        known.forget();
        assertThat(known.look("em", "em", sha256("somebody@example.co.id")).right())
                .isFalse();
    }

    private void learn(String key, String plain) {
        var told = SandboxClient.read("{}");
        told.putArray(key).add(plain);
        assertThat(known.learn(told)).isEqualTo(1);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
