package kembali.capture.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import kembali.identity.Consent;
import kembali.identity.Consent.Choice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TcStringsTest {
    /** Consent to the purposes 2 and 10, by the consent tool 675. */
    static final String TWO_AND_TEN = "COtybn4PA_zT4KjACBENAPCIAEBAAECAAIAAAAAAAAAA";

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            1 2 3 4 5 6 7 8 9 10, GRANTED, GRANTED, GRANTED
            1,                    GRANTED, DENIED,  DENIED
            1 7,                  GRANTED, GRANTED, DENIED
            7,                    DENIED,  DENIED,  DENIED
            3 4,                  DENIED,  DENIED,  GRANTED
            1 3,                  GRANTED, DENIED,  DENIED
            "",                   DENIED,  DENIED,  DENIED
            """)
    void purposesBecomeTheChoicesOfConsentMode(String purposes, Choice storage, Choice userData, Choice personal) {
        Consent read = read(tcString(
                Arrays.stream(purposes.split(" ", -1)).filter(p -> !p.isEmpty()).collect(Collectors.toSet())));
        assertThat(read.adStorage()).isEqualTo(storage);
        assertThat(read.adUserData()).isEqualTo(userData);
        assertThat(read.adPersonalization()).isEqualTo(personal);
        assertThat(read.analyticsStorage()).isEqualTo(Choice.UNKNOWN);
        assertThat(read.source()).isEqualTo(Consent.Source.TCF);
    }

    @Test
    void theWellKnownSampleRefusesWhatWeAskFor() {
        Consent read = read(TWO_AND_TEN);
        assertThat(read.adStorage()).isEqualTo(Choice.DENIED);
        assertThat(read.tcString()).isEqualTo(TWO_AND_TEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "C",
                "COtybn4",
                "not a consent string",
                "BOEFEAyOEFEAyAHABDENAI4AAAB9vABAASA",
                "ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ",
                "COtybn4PA_zT4KjACBENAPCIAEBAAECAAIAAAAAAAAA!",
                "1YNN"
            })
    void aBrokenStringOrOneOfAnotherVersionIsNoAnswer(String tcString) {
        assertThat(TcStrings.read(tcString)).isNull();
    }

    private static Consent read(String tcString) {
        return Objects.requireNonNull(TcStrings.read(tcString), tcString);
    }

    /** A string of version 2 that consents to these purposes and to no vendor. */
    static String tcString(Set<String> purposes) {
        var bits = new StringBuilder();
        long deciseconds = 15_875_904_000L;
        number(bits, 2, 6);
        number(bits, deciseconds, 36);
        number(bits, deciseconds, 36);
        number(bits, 675, 12); // consent tool
        number(bits, 1, 12);
        number(bits, 1, 6);
        number(bits, 4 << 6 | 13, 12); // EN
        number(bits, 150, 12);
        number(bits, 2, 6);
        number(bits, 0, 2);
        number(bits, 0, 12);
        for (int purpose = 1; purpose <= 24; purpose++) {
            bits.append(purposes.contains(Integer.toString(purpose)) ? '1' : '0');
        }
        number(bits, 0, 24);
        number(bits, 0, 1);
        number(bits, 4 << 6 | 13, 12);
        number(bits, 0, 16 + 1 + 16 + 1 + 12); // no vendors, no restrictions
        while (bits.length() % 8 != 0) {
            bits.append('0');
        }
        byte[] bytes = new byte[bits.length() / 8];
        byte[] number = new BigInteger(bits.toString(), 2).toByteArray();
        int skip = Math.max(0, number.length - bytes.length);
        System.arraycopy(number, skip, bytes, bytes.length - (number.length - skip), number.length - skip);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static void number(StringBuilder bits, long value, int length) {
        String digits = Long.toBinaryString(value);
        bits.append("0".repeat(length - digits.length())).append(digits);
    }
}
