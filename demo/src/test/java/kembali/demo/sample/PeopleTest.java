package kembali.demo.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PeopleTest {
    @Test
    void writesANumberInManyWaysThatMeanTheSame() {
        var ways = IntStream.range(0, 10)
                .mapToObj(way -> People.spelled("81234567890", way))
                .toList();
        assertThat(ways)
                .contains(
                        "0812-3456-7890", "+62 812 3456 7890", "6281234567890", "(0812) 3456-7890", "006281234567890");
        assertThat(new HashSet<>(ways)).hasSize(10);
        assertThat(ways)
                .allSatisfy(typed -> assertThat(typed.replaceAll("\\D", "")).endsWith("81234567890"));
    }

    @Test
    void knowsWhatTheTypedNumberMeans() {
        for (int no = 0; no < 600; no++) {
            Person p = People.person(no);
            assertThat(p.phoneDigits()).matches("628\\d{10}");
            assertThat(String.valueOf(p.phone()).replaceAll("\\D", ""))
                    .endsWith(String.valueOf(p.phoneDigits()).substring(2));
        }
    }

    @Test
    void spellsTheSamePersonAnotherWay() {
        assertThat(People.otherSpelling(12)).isNotEqualTo(People.person(12).phone());
    }

    @Test
    void splitsANameAtItsFirstSpace() {
        var two = new Person("Made Dharma Putra", null, null, null, null, null);
        assertThat(two.firstName()).isEqualTo("Made");
        assertThat(two.lastName()).isEqualTo("Dharma Putra");
        assertThat(new Person("Suharti", null, null, null, null, null).lastName())
                .isNull();
    }

    @Test
    void writesOnlyToAddressesThatReachNobody() {
        for (int no = 0; no < 600; no++) {
            String address = String.valueOf(People.person(no).email()).toLowerCase(java.util.Locale.ROOT);
            if (address.endsWith("@gmail.com")) {
                // Names there have at most 30 characters, dots not counted.
                assertThat(address.replaceFirst("[+@].*", "").replace(".", "")).hasSizeGreaterThan(30);
            } else {
                assertThat(address)
                        .matches("[a-z.]+\\d+@(example\\.com|example\\.co\\.id|mail\\.example|kantor\\.example)");
            }
            assertThat(address.indexOf('@')).isLessThanOrEqualTo(64);
        }
    }
}
