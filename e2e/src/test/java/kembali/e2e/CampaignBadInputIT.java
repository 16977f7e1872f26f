package kembali.e2e;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field of campaigns and what hangs on them is refused by its name, and nothing is stored. */
@ExtendWith(LogsOnFailure.class)
class CampaignBadInputIT {
    private static RunningSandbox sandbox;
    private static RunningServer server;
    private static Api api;
    private static String campaign;
    private static String pixel;

    @BeforeAll
    static void start() {
        sandbox = RunningSandbox.start();
        server = RunningServer.start(Database.SQLITE, sandbox);
        api = server.api();
        campaign = api.post(
                        "/campaigns",
                        "{\"alias\":\"ada\",\"name\":\"Ada\",\"destinationUrl\":\"https://shop.example/\"}")
                .expect(201)
                .path("id")
                .asText();
        pixel = api.metaPixel("123456789012345", "EAAtokenOfATestThatIsLongEnough0123456789");
    }

    @AfterAll
    static void stop() {
        server.close();
        sandbox.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"addresses", "destinations", "parameters", "figuresAndClicks", "links", "pixels"})
    void isRefusedByItsName(BadInput bad) {
        bad.isRefused(
                api, Map.of("campaign", campaign, "pixel", pixel), List.of("/campaigns", "/pixels", "/workspace"));
    }

    static Stream<BadInput> addresses() {
        return Stream.of(
                new BadInput("nothing at all", "POST", "/campaigns", "{}", List.of("alias", "name", "destinationUrl")),
                alias("an alias of one letter", "a"),
                alias("an alias with a blank", "eid promo"),
                alias("an alias with a slash", "eid/promo"),
                alias("a long alias", "a".repeat(65)),
                alias("an address of our own", "API"),
                alias("a folder of our own", "wa"),
                alias("what looks like a postback key", "0123456789abcdef0123456789abcdef"),
                alias("an alias that begins with a dash", "-eid"),
                campaign("a long name", "\"name\":\"" + "x".repeat(201) + "\"", "name"),
                campaign("an address for a host", "\"domain\":\"https://go.brand.example/\"", "domain"),
                campaign("an IP address for a host", "\"domain\":\"203.0.113.7\"", "domain"),
                campaign("the server itself", "\"domain\":\"localhost\"", "domain"),
                campaign("a short token", "\"token\":\"abc\"", "token"),
                campaign("a token with a slash", "\"token\":\"abcdefgh/\"", "token"),
                campaign("active that is a word", "\"active\":\"yes\"", "active"),
                campaign("no clicks a minute", "\"clicksPerMinute\":0", "clicksPerMinute"),
                campaign("an unknown member", "\"colour\":\"red\"", "colour"),
                new BadInput(
                        "no alias any more", "PATCH", "/campaigns/{campaign}", "{\"alias\":null}", List.of("alias")),
                new BadInput(
                        "no destination any more",
                        "PATCH",
                        "/campaigns/{campaign}",
                        "{\"destinations\":[]}",
                        List.of("destinationUrl")));
    }

    static Stream<BadInput> destinations() {
        String many = IntStream.range(0, 51)
                .mapToObj(i -> "{\"url\":\"https://shop.example/" + i + "\"}")
                .collect(Collectors.joining(","));
        return Stream.of(
                destination("no scheme", "shop.example/"),
                destination("another scheme", "ftp://shop.example/"),
                destination("a script", "javascript:alert(1)"),
                destination("a macro for a start", "{destination}"),
                destination("a file of the server", "https://shop.example/?a={from_file:/etc/passwd}"),
                destination("a line break", "https://shop.example/\\nX-Evil: 1"),
                destination("a long address", "https://shop.example/" + "x".repeat(8_192)),
                several("a destination without an address", "{\"name\":\"x\"}", "destinations[0].url"),
                several("a stranger's id", "{\"id\":\"ds_x\",\"url\":\"https://a.example/\"}", "destinations[0].id"),
                several(
                        "a weight below nothing",
                        "{\"url\":\"https://a.example/\",\"weight\":-1}",
                        "destinations[0].weight"),
                several(
                        "a weight above all",
                        "{\"url\":\"https://a.example/\",\"weight\":1001}",
                        "destinations[0].weight"),
                several(
                        "a weight in words",
                        "{\"url\":\"https://a.example/\",\"weight\":\"1\"}",
                        "destinations[0].weight"),
                several("only weights of 0", "{\"url\":\"https://a.example/\",\"weight\":0}", "destinations"),
                several("too many", many, "destinations"),
                several("a list of nothing", "null", "destinations[0].url"),
                campaign(
                        "one and several",
                        "\"destinations\":[{\"url\":\"https://a.example/\"}],\"destinationUrl\":\"https://b.example/\"",
                        "destinationUrl"));
    }

    static Stream<BadInput> parameters() {
        return Stream.of(
                campaign("an unknown source", "\"source\":\"myspace\"", "source"),
                parameter("no key", "{\"name\":\"Ad\"}", "parameters[0].key"),
                parameter("a key with a blank", "{\"key\":\"ad id\"}", "parameters[0].key"),
                parameter("a key twice", "{\"key\":\"ad\"},{\"key\":\"AD\"}", "parameters[1].key"),
                parameter("an unknown slot", "{\"key\":\"ad\",\"slot\":\"sub_id_31\"}", "parameters[0].slot"),
                parameter(
                        "a slot twice",
                        "{\"key\":\"a\",\"slot\":\"sub_id_1\"},{\"key\":\"b\",\"slot\":\"sub_id_1\"}",
                        "parameters[1].slot"),
                parameter(
                        "another key for the currency", "{\"key\":\"cur\",\"slot\":\"currency\"}", "parameters[0].key"),
                parameter("an unknown click id", "{\"key\":\"sub1\",\"clickId\":\"xclid\"}", "parameters[0].clickId"),
                parameter("a list of nothing", "null", "parameters[0]"),
                parameter("an unknown member", "{\"key\":\"a\",\"macro\":\"x\"}", "parameters[0].macro"),
                parameter(
                        "too many",
                        IntStream.range(0, 65)
                                .mapToObj(i -> "{\"key\":\"k" + i + "\"}")
                                .collect(Collectors.joining(",")),
                        "parameters"));
    }

    static Stream<BadInput> figuresAndClicks() {
        return Stream.of(
                get("no day", "/campaigns/{campaign}/figures?from=yesterday", "from"),
                get("backwards", "/campaigns/{campaign}/figures?from=2026-11-20&to=2026-11-19", "from"),
                get("years at once", "/campaigns/{campaign}/figures?from=2024-01-01&to=2026-11-19", "from"),
                get("no clicks", "/campaigns/{campaign}/clicks?limit=0", "limit"),
                get("another list's cursor", "/campaigns/{campaign}/clicks?cursor=cp_1", "cursor"),
                get("another list's cursor for campaigns", "/campaigns?cursor=rt_1", "cursor"));
    }

    static Stream<BadInput> links() {
        return Stream.of(
                new BadInput("no link", "POST", "/url-checker", "{}", List.of("url")),
                new BadInput(
                        "an unknown source of a link",
                        "POST",
                        "/url-checker",
                        "{\"url\":\"https://a.example/\",\"source\":\"myspace\"}",
                        List.of("source")),
                new BadInput(
                        "an unknown member beside the link",
                        "POST",
                        "/url-checker",
                        "{\"url\":\"https://a.example/\",\"deep\":true}",
                        List.of("deep")));
    }

    static Stream<BadInput> pixels() {
        return Stream.of(
                new BadInput(
                        "a pixel of a campaign that is none",
                        "PATCH",
                        "/pixels/{pixel}",
                        "{\"campaigns\":[\"{campaign}\",\"cp_nobodys\"]}",
                        List.of("campaigns[1]")),
                new BadInput(
                        "a pixel of nothing",
                        "PATCH",
                        "/pixels/{pixel}",
                        "{\"campaigns\":[\"\"]}",
                        List.of("campaigns[0]")));
    }

    private static BadInput alias(String what, String alias) {
        return new BadInput(
                what,
                "POST",
                "/campaigns",
                "{\"alias\":\"%s\",\"name\":\"x\",\"destinationUrl\":\"https://shop.example/\"}".formatted(alias),
                List.of("alias"));
    }

    private static BadInput campaign(String what, String more, String... fields) {
        String name = more.startsWith("\"name\"") ? "" : "\"name\":\"Baru\",";
        String url = more.startsWith("\"dest") ? "" : "\"destinationUrl\":\"https://shop.example/\",";
        return new BadInput(
                what, "POST", "/campaigns", "{\"alias\":\"baru\"," + name + url + more + "}", List.of(fields));
    }

    private static BadInput destination(String what, String url) {
        return campaign("destination: " + what, "\"destinationUrl\":\"" + url + "\"", "destinationUrl");
    }

    private static BadInput several(String what, String destinations, String... fields) {
        return campaign("destinations: " + what, "\"destinations\":[" + destinations + "]", fields);
    }

    private static BadInput parameter(String what, String parameters, String... fields) {
        return campaign("parameters: " + what, "\"parameters\":[" + parameters + "]", fields);
    }

    private static BadInput get(String what, String path, String... fields) {
        return new BadInput(what, "GET", path, null, List.of(fields));
    }
}
