package kembali.e2e;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field of agents, rotators and their links is refused by its name, and nothing is stored. */
@ExtendWith(LogsOnFailure.class)
class RotatorBadInputIT {
    private static RunningSandbox sandbox;
    private static RunningServer server;
    private static Api api;
    private static String agent;
    private static String rotator;

    @BeforeAll
    static void start() {
        sandbox = RunningSandbox.start();
        server = RunningServer.start(Database.SQLITE, sandbox);
        api = server.api();
        agent = api.post("/agents", "{\"name\":\"Sari\",\"phone\":\"+628111000111\"}")
                .expect(201)
                .path("id")
                .asText();
        rotator = api.post(
                        "/rotators",
                        "{\"slug\":\"ada\",\"name\":\"Ada\",\"agents\":[{\"agentId\":\"%s\"}]}".formatted(agent))
                .expect(201)
                .path("id")
                .asText();
    }

    @AfterAll
    static void stop() {
        server.close();
        sandbox.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"hours", "rotators", "forms", "hosts", "figuresAndPictures", "previews"})
    void isRefusedByItsName(BadInput bad) {
        bad.isRefused(api, Map.of("agent", agent, "rotator", rotator), List.of("/agents", "/rotators", "/workspace"));
    }

    static Stream<BadInput> hours() {
        return Stream.of(
                hours("no time zone", "{\"week\":{\"mon\":[[\"08:00\",\"17:00\"]]}}", "hours.timezone"),
                hours(
                        "an unknown time zone",
                        "{\"timezone\":\"Jakarta\",\"week\":{\"mon\":[[\"08:00\",\"17:00\"]]}}",
                        "hours.timezone"),
                hours("no week", "{\"timezone\":\"Asia/Jakarta\"}", "hours.week"),
                hours("an unknown day", week("\"monday\":[[\"08:00\",\"17:00\"]]"), "hours.week.monday"),
                hours("no time", week("\"tue\":[[\"8\",\"17:00\"]]"), "hours.week.tue[0]"),
                hours("a time alone", week("\"wed\":[[\"08:00\"]]"), "hours.week.wed[0]"),
                hours(
                        "spans that overlap",
                        week("\"thu\":[[\"08:00\",\"12:00\"],[\"11:00\",\"13:00\"]]"),
                        "hours.week.thu"),
                hours("nothing between", week("\"fri\":[[\"08:00\",\"08:00\"]]"), "hours.week.fri[0]"),
                hours("a number for a time", week("\"sat\":[[8,17]]"), "hours.week.sat[0][0]"),
                hours(
                        "no closed date",
                        "{\"timezone\":\"UTC\",\"week\":{\"mon\":[]},\"closed\":[\"25.12.2026\"]}",
                        "hours.closed[0]"),
                hours("an unknown member", "{\"timezone\":\"UTC\",\"week\":{\"mon\":[]},\"open\":true}", "hours.open"));
    }

    static Stream<BadInput> rotators() {
        String agents = IntStream.range(0, 101)
                .mapToObj(i -> "{\"agentId\":\"{agent}\"}")
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
        return Stream.of(
                rotator(
                        "a cap of nothing",
                        "\"agents\":[{\"agentId\":\"{agent}\",\"dailyCap\":0}]",
                        "agents[0].dailyCap"),
                rotator(
                        "a cap that is no number",
                        "\"agents\":[{\"agentId\":\"{agent}\",\"dailyCap\":\"5\"}]",
                        "agents[0].dailyCap"),
                rotator("more agents than there are", "\"agents\":[" + agents + "]", "agents"),
                rotator("another host of links", "\"linkHost\":\"evil.example\"", "linkHost"),
                rotator("no clicks a minute", "\"clicksPerMinute\":0", "clicksPerMinute"),
                rotator(
                        "a picture without https",
                        "\"preview\":{\"imageUrl\":\"http://brand.example/a.jpg\"}",
                        "preview.imageUrl"),
                rotator(
                        "a picture that is a script",
                        "\"preview\":{\"imageUrl\":\"javascript:alert(1)\"}",
                        "preview.imageUrl"),
                rotator(
                        "a picture with a password",
                        "\"preview\":{\"imageUrl\":\"https://a:b@brand.example/\"}",
                        "preview.imageUrl"),
                rotator(
                        "a long title and description",
                        "\"preview\":{\"title\":\"" + "x".repeat(121) + "\",\"description\":\"" + "x".repeat(301)
                                + "\"}",
                        "preview.title",
                        "preview.description"),
                rotator("an unknown member of the preview", "\"preview\":{\"image\":\"x\"}", "preview.image"),
                rotator("no fallback number", "\"fallbackPhone\":\"12\"", "fallbackPhone"));
    }

    static Stream<BadInput> forms() {
        return Stream.of(
                form("no field", "\"fields\":[]", "form.fields"),
                form("a field without a key", "\"fields\":[{\"label\":\"x\"}]", "form.fields[0].key"),
                form("a key with a blank", "\"fields\":[{\"key\":\"a b\",\"label\":\"x\"}]", "form.fields[0].key"),
                form(
                        "a key twice",
                        "\"fields\":[{\"key\":\"a\",\"label\":\"x\"},{\"key\":\"a\",\"label\":\"y\"}]",
                        "form.fields[1].key"),
                form("the phone twice", "\"fields\":[{\"key\":\"phone\"},{\"key\":\"no_wa\"}]", "form.fields[1].key"),
                form(
                        "the name and a part of it",
                        "\"fields\":[{\"key\":\"nama\"},{\"key\":\"nama_depan\"}]",
                        "form.fields[1].key"),
                form(
                        "a placeholder's name",
                        "\"fields\":[{\"key\":\"campaign\",\"label\":\"x\"}]",
                        "form.fields[0].key"),
                form("a question without words", "\"fields\":[{\"key\":\"size\"}]", "form.fields[0].label"),
                form(
                        "an unknown type",
                        "\"fields\":[{\"key\":\"size\",\"label\":\"x\",\"type\":\"file\"}]",
                        "form.fields[0].type"),
                form("a name to tick", "\"fields\":[{\"key\":\"name\",\"type\":\"checkbox\"}]", "form.fields[0].type"),
                form(
                        "a select without choices",
                        "\"fields\":[{\"key\":\"size\",\"label\":\"x\",\"type\":\"select\"}]",
                        "form.fields[0].options"),
                form(
                        "choices for a text",
                        "\"fields\":[{\"key\":\"size\",\"label\":\"x\",\"options\":[\"S\"]}]",
                        "form.fields[0].options"),
                form(
                        "a choice twice",
                        "\"fields\":[{\"key\":\"size\",\"label\":\"x\",\"type\":\"select\",\"options\":[\"S\",\"S\"]}]",
                        "form.fields[0].options[1]"),
                form(
                        "required that is a word",
                        "\"fields\":[{\"key\":\"name\",\"required\":\"yes\"}]",
                        "form.fields[0].required"),
                form(
                        "a consent without a text",
                        "\"fields\":[{\"key\":\"name\"}],\"consentRequired\":true",
                        "form.consentRequired"),
                form("another language", "\"fields\":[{\"key\":\"name\"}],\"language\":\"fr\"", "form.language"),
                form("another moment", "\"fields\":[{\"key\":\"name\"}],\"leadOn\":\"never\"", "form.leadOn"),
                form(
                        "long words",
                        "\"fields\":[{\"key\":\"name\"}],\"title\":\"" + "x".repeat(121) + "\",\"intro\":\""
                                + "x".repeat(501) + "\",\"button\":\"" + "x".repeat(61) + "\",\"consentText\":\""
                                + "x".repeat(1_001) + "\"",
                        "form.title",
                        "form.intro",
                        "form.button",
                        "form.consentText"),
                form("an unknown member", "\"fields\":[{\"key\":\"name\"}],\"colour\":\"red\"", "form.colour"));
    }

    static Stream<BadInput> hosts() {
        return Stream.of(
                rotator("an address for a host", "\"domains\":[\"https://brand.example\"]", "domains[0]"),
                rotator("a host twice", "\"domains\":[\"brand.example\",\"BRAND.example.\"]", "domains[1]"),
                workspace("a path for a host", "[\"ok.brand.example\",\"brand.example/wa\"]", "linkDomains[1]"),
                workspace("a number for a host", "[5]", "linkDomains[0]"),
                workspace("an IP address", "[\"203.0.113.7\"]", "linkDomains[0]"),
                workspace("the server itself", "[\"localhost\"]", "linkDomains[0]"),
                workspace("one host, no list", "\"brand.example\"", "linkDomains"));
    }

    static Stream<BadInput> figuresAndPictures() {
        return Stream.of(
                get("no day", "/rotators/{rotator}/figures?from=yesterday", "from"),
                get("no day to end with", "/rotators/{rotator}/figures?to=2026-13-01", "to"),
                get("backwards", "/rotators/{rotator}/figures?from=2026-11-20&to=2026-11-19", "from"),
                get("years at once", "/rotators/{rotator}/figures?from=2024-01-01&to=2026-11-19", "from"),
                get("a huge picture", "/rotators/{rotator}/qr.png?size=100000", "size"),
                get(
                        "a picture of words",
                        "/rotators/{rotator}/qr.svg?size=big&margin=-1&correction=X",
                        "size",
                        "margin",
                        "correction"),
                get("a long campaign", "/rotators/{rotator}/qr.svg?utm_campaign=" + "x".repeat(101), "utm_campaign"));
    }

    static Stream<BadInput> previews() {
        return Stream.of(
                new BadInput(
                        "preview: a long message",
                        "POST",
                        "/rotators/preview",
                        "{\"message\":\"" + "x".repeat(1_001) + "\"}",
                        List.of("message")),
                new BadInput(
                        "preview: a stranger",
                        "POST",
                        "/rotators/preview",
                        "{\"agents\":[{\"agentId\":\"ag_x\"}]}",
                        List.of("agents[0].agentId")),
                new BadInput(
                        "preview: an unknown field",
                        "POST",
                        "/rotators/preview",
                        "{\"massage\":\"x\"}",
                        List.of("massage")),
                new BadInput(
                        "preview: samples of numbers",
                        "POST",
                        "/rotators/preview",
                        "{\"sample\":{\"name\":5}}",
                        List.of("sample.name")),
                new BadInput(
                        "preview: a list of samples",
                        "POST",
                        "/rotators/preview",
                        "{\"sample\":[]}",
                        List.of("sample")));
    }

    private static String week(String days) {
        return "{\"timezone\":\"Asia/Jakarta\",\"week\":{" + days + "}}";
    }

    private static BadInput hours(String what, String hours, String... fields) {
        return new BadInput(
                "hours: " + what,
                "POST",
                "/agents",
                "{\"name\":\"Lia\",\"phone\":\"+628111000222\",\"hours\":" + hours + "}",
                List.of(fields));
    }

    private static BadInput rotator(String what, String more, String... fields) {
        String agents = more.contains("\"agents\"") ? "" : "\"agents\":[{\"agentId\":\"{agent}\"}],";
        return new BadInput(
                "rotator: " + what,
                "POST",
                "/rotators",
                "{\"slug\":\"baru\",\"name\":\"Baru\"," + agents + more + "}",
                List.of(fields));
    }

    private static BadInput form(String what, String form, String... fields) {
        return rotator("form: " + what, "\"form\":{" + form + "}", fields);
    }

    private static BadInput workspace(String what, String domains, String... fields) {
        return new BadInput(
                "workspace: " + what, "PATCH", "/workspace", "{\"linkDomains\":" + domains + "}", List.of(fields));
    }

    private static BadInput get(String what, String path, String... fields) {
        return new BadInput("figures and pictures: " + what, "GET", path, null, List.of(fields));
    }
}
