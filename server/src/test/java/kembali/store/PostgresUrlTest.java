package kembali.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresUrlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgresql://kembali:pw@db.example:6543/hub       | jdbc:postgresql://db.example:6543/hub",
                "postgres://kembali:pw@127.0.0.1/hub               | jdbc:postgresql://127.0.0.1:5432/hub",
                "postgresql://kembali:pw@[::1]:5433/hub            | jdbc:postgresql://[::1]:5433/hub",
                "postgresql://kembali:pw@my_db:5432/hub            | jdbc:postgresql://my_db:5432/hub",
                "postgresql://kembali:pw@h/hub?sslmode=require     | jdbc:postgresql://h:5432/hub?sslmode=require",
            })
    void readsAddressesAsPeopleWriteThem(String text, String jdbc) {
        PostgresUrl url = PostgresUrl.parse(text);
        assertThat(url.jdbcUrl()).isEqualTo(jdbc);
        assertThat(url.user()).isEqualTo("kembali");
        assertThat(url.password()).isEqualTo("pw");
    }

    @Test
    void decodesUserAndPassword() {
        PostgresUrl url = PostgresUrl.parse("postgresql://k%40mbali:p%3Aw%2F+%25:x@h/d");
        assertThat(url.user()).isEqualTo("k@mbali");
        assertThat(url.password()).isEqualTo("p:w/+%:x");
        assertThat(PostgresUrl.parse("postgresql://kembali@h/d").password()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mysql://u:hunter2@h/d          | must begin with postgresql://",
                "jdbc:postgresql://h/d          | must begin with postgresql://",
                "postgresql://u:hunter2@h       | names no database",
                "postgresql://u:hunter2@h/      | names no database",
                "postgresql://h/d               | names no user",
                "postgresql:///d                | names no host",
                "postgresql://u:hunter2@:5432/d | names no host",
                "postgresql://u:hunter2@h:x/d   | names no host",
                "postgresql://u:hunter2 h/d     | is not a URL",
            })
    void saysWhatIsWrongWithoutThePassword(String text, String fault) {
        assertThatThrownBy(() -> PostgresUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(fault)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void printsNoPassword() {
        assertThat(PostgresUrl.parse("postgresql://u:hunter2@h/d")).hasToString("jdbc:postgresql://h:5432/d");
    }
}
