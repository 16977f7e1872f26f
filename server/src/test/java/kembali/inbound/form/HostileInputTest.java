package kembali.inbound.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import kembali.inbound.Fact;
import kembali.inbound.FormBody;
import kembali.inbound.Kind;
import kembali.inbound.LeadFields;
import kembali.inbound.RawRequest;
import kembali.inbound.Reading;
import kembali.inbound.SourceKeys;
import kembali.inbound.SourceSettings;
import kembali.platform.Endpoints;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever arrives, a kind answers, and in time that grows with the size and not with its square. */
class HostileInputTest {
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final String SEED = "20261120";
    private static final List<Kind> KINDS =
            List.of(new MetaLeads(Endpoints.USUAL), new GoogleLeads(), new Typeform(), new Tally(), new AnyForm());
    private static final SourceSettings SETTINGS = new SourceSettings(
            "ID",
            null,
            Map.of("phone", "a.b[0]", "city", "/x/~y/0", "name", "", "nonsense", "a", "status", "fields[1][value]"),
            Map.of("x", "won"));
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/x-www-form-urlencoded",
            "application/x-www-form-urlencoded; charset=utf-16",
            "multipart/form-data; boundary=b",
            "multipart/form-data; boundary=\"",
            "text/plain");

    private static void survives(byte[] body) {
        survives(body, TYPES);
    }

    private static void survives(byte[] body, List<String> types) {
        for (Kind kind : KINDS) {
            for (String type : types) {
                var request = new RawRequest(
                        "POST",
                        "https://h/in",
                        "a=%",
                        Map.of("content-type", type, "x-hub-signature-256", "sha256=0"),
                        body);
                isSound(kind.read(request, SETTINGS, GoldenForms.RECEIVED_AT));
                assertThat(kind.check(request, new SourceKeys("s", "v", "t"), GoldenForms.RECEIVED_AT))
                        .isNotNull();
                assertThat(kind.taken(request)).isNotNull();
            }
            var fetch = new Fact.Fetch("1", "https://graph.facebook.com/1", true, Instant.EPOCH, Map.of());
            isSound(kind.readFetched(fetch, 200, body, SETTINGS));
        }
    }

    private static void isSound(Reading reading) {
        for (Fact fact : reading.facts()) {
            if (fact instanceof Fact.FormFilled filled) {
                assertThat(LeadFields.ALL).containsAll(filled.fields().keySet());
                assertThat(filled.fields().values()).allMatch(HostileInputTest::isStorable);
                assertThat(filled.others().values()).allMatch(HostileInputTest::isStorable);
                assertThat(filled.others().keySet()).allMatch(HostileInputTest::isStorable);
                assertThat(filled.others()).hasSizeLessThanOrEqualTo(110);
            }
        }
    }

    private static boolean isStorable(String text) {
        return !text.isBlank()
                && text.length() <= 4_096
                && text.indexOf('\0') < 0
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    @Property(tries = 300, seed = SEED)
    void survivesBytes(@ForAll byte[] body) {
        survives(body);
    }

    @Property(tries = 300, seed = SEED)
    void survivesForms(@ForAll("forms") String body) {
        survives(body.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 300, seed = SEED)
    void survivesJson(@ForAll("json") String body) {
        survives(body.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 400, seed = SEED)
    void survivesDamagedPayloads(
            @ForAll("payloads") byte[] body, @ForAll("positions") int at, @ForAll byte b, @ForAll boolean cut) {
        byte[] damaged = body.clone();
        if (damaged.length > 0) {
            damaged[at % damaged.length] = b;
        }
        survives(cut ? java.util.Arrays.copyOf(damaged, damaged.length == 0 ? 0 : at % damaged.length) : damaged);
    }

    @Property(tries = 500, seed = SEED)
    void survivesQueries(@ForAll String query) {
        for (Kind kind : KINDS) {
            var request = new RawRequest("GET", "https://h/in", query, Map.of(), new byte[0]);
            var reply = kind.handshake(request, new SourceKeys(null, "v", null));
            assertThat(reply == null || reply.status() >= 400).isTrue();
            isSound(kind.read(request, SETTINGS, GoldenForms.RECEIVED_AT));
        }
    }

    @Property(tries = 500, seed = SEED)
    void keepsEveryValueOfAForm(@ForAll("fields") List<FormBody.Field> fields) {
        var body = new StringBuilder();
        for (FormBody.Field field : fields) {
            body.append(body.isEmpty() ? "" : "&")
                    .append(java.net.URLEncoder.encode(field.name(), StandardCharsets.UTF_8))
                    .append('=')
                    .append(java.net.URLEncoder.encode(field.value(), StandardCharsets.UTF_8));
        }
        FormBody form = FormBody.parse(null, body.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(form.fields()).isEqualTo(fields);
        assertThat(form.tree()).isNotNull();
    }

    @Provide
    Arbitrary<List<FormBody.Field>> fields() {
        return Combinators.combine(text(1, 20), text(0, 50))
                .as(FormBody.Field::new)
                .list()
                .ofMaxSize(20);
    }

    private static Arbitrary<String> text(int least, int most) {
        return Arbitraries.strings()
                .ofMinLength(least)
                .ofMaxLength(most)
                .filter(s -> StandardCharsets.UTF_8.newEncoder().canEncode(s));
    }

    @Provide
    Arbitrary<String> forms() {
        return Arbitraries.of(
                        "a",
                        "[",
                        "]",
                        "&",
                        "=",
                        "%",
                        "%5B",
                        "+",
                        "\r\n",
                        "--b",
                        "-",
                        ";",
                        "\"",
                        "fields",
                        "0",
                        "value",
                        "Content-Disposition: form-data; name=",
                        "filename",
                        "{\"a\":1}",
                        "phone",
                        "\0",
                        "é")
                .list()
                .ofMaxSize(60)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> json() {
        return json(5);
    }

    private static Arbitrary<String> json(int depth) {
        Arbitrary<String> leaf = Arbitraries.of(
                "null",
                "true",
                "1e999999999",
                "-0.0",
                "\"\"",
                "\"x\"",
                "\"\\ud800\"",
                "\"[1,{}]\"",
                "12345678901234567890",
                "[]",
                "{}");
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<String> name = Arbitraries.of(
                "fields",
                "answers",
                "field_data",
                "value",
                "values",
                "id",
                "name",
                "type",
                "data",
                "form_response",
                "entry",
                "changes",
                "object",
                "page",
                "leadgen",
                "user_column_data",
                "label",
                "",
                "form",
                "consent",
                "error",
                "hidden",
                "definition",
                "options",
                "eventType",
                "field",
                "phone");
        Arbitrary<String> inner = json(depth - 1);
        Arbitrary<String> object = Combinators.combine(name, inner)
                .as((n, v) -> "\"" + n + "\":" + v)
                .list()
                .ofMaxSize(5)
                .map(members -> "{" + String.join(",", members) + "}");
        Arbitrary<String> array = inner.list().ofMaxSize(3).map(items -> "[" + String.join(",", items) + "]");
        return Arbitraries.oneOf(object, object, array, leaf);
    }

    @Provide
    Arbitrary<byte[]> payloads() {
        return Arbitraries.of(KINDS)
                .flatMap(kind -> Arbitraries.of(GoldenForms.cases(kind.key()).toList()))
                .map(HostileInputTest::body);
    }

    @Provide
    Arbitrary<Integer> positions() {
        return Arbitraries.integers().between(0, 10_000);
    }

    private static byte[] body(Path folder) {
        try {
            return GoldenForms.body(folder);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Each half a megabyte of what is costly if something is done for every part of it that costs its size again. */
    @Test
    void takesNoLongerThanTheSizeAsksFor() {
        int size = 500_000;
        String name = "n".repeat(40_000);
        for (String body : List.of(
                "a=1&".repeat(size / 4),
                "a[]=1&".repeat(size / 6),
                "&".repeat(size),
                "%".repeat(size),
                "[".repeat(size),
                "a[b][c][d]=1&".repeat(size / 13),
                "{\"" + name + "\":[" + "[],".repeat(size / 3) + "[]]}",
                "{\"" + name + "\":{" + members(size / 12) + "\"b\":1}}",
                "{\"" + name + "\":[" + "{},".repeat(size / 3) + "{}]}",
                "[" + "{\"value\":1,\"name\":\"x\"},".repeat(size / 24) + "{}]",
                "{\"fields\":[" + "{\"key\":\"a_b\",\"value\":true},".repeat(size / 28) + "{}]}",
                "{\"data\":{\"fields\":[" + "{\"key\":\"a_b\",\"value\":[1],\"options\":[]},".repeat(size / 40)
                        + "{}]}}",
                "{\"a\":\"" + "{".repeat(90_000) + "\"}",
                "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n".repeat(size / 55),
                "\r\n--b".repeat(size / 5),
                "--b\r\n" + ";".repeat(size) + "\r\n\r\n",
                "--b\r\nContent-Disposition: form-data; name=\"" + "\\\"".repeat(size / 2) + "\r\n\r\n",
                "\"".repeat(size))) {
            long start = CPU.getCurrentThreadCpuTime();
            survives(body.getBytes(StandardCharsets.UTF_8), List.of(TYPES.get(1), TYPES.get(3)));
            // 15 readings and 10 checks; the costliest takes a fifth of it. Not wall time: the machine may be busy.
            assertThat(Duration.ofNanos(CPU.getCurrentThreadCpuTime() - start))
                    .as(body.substring(0, 40))
                    .isLessThan(Duration.ofSeconds(2));
        }
    }

    private static String members(int count) {
        var members = new StringBuilder();
        for (int i = 0; i < count; i++) {
            members.append('"').append(i).append("\":{},");
        }
        return members.toString();
    }
}
