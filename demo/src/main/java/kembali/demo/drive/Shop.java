package kembali.demo.drive;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import kembali.demo.foresight.Worth;
import kembali.demo.platform.PixelPlan;
import kembali.demo.platform.Platforms;
import kembali.demo.sample.Agent;
import kembali.demo.sample.Sample;

/**
 * The workspace as it was set up.
 *
 * @param pixelIds Kembali's ids
 * @param connections what Test Connection said of each
 * @param agents names by number (digits), in the order of {@link Sample#AGENTS} and their weights {@link #WEIGHTS}
 * @param trackerKey what the tracker on the shop's pages says whose they are
 * @param sources by kind
 */
public record Shop(
        Map<PixelPlan, String> pixelIds,
        Map<PixelPlan, Connection> connections,
        Map<String, String> agents,
        String trackerKey,
        Map<String, Source> sources) {
    /** The kinds of the sources: Meta's Cloud API, a gateway for WhatsApp, the form on the page. */
    static final String WHATSAPP = "whatsapp";

    static final String GATEWAY = "fonnte";
    static final String FORM = "form";
    static final String POSTBACK = "postback";

    /** What Meta signs the shop's WhatsApp messages with. */
    static final String APP_SECRET = "sandbox-app-secret-of-batik-ayu";

    /** Shares of the second rotator, in the order of the agents. */
    public static final List<Integer> WEIGHTS = List.of(3, 2, 1);

    /** A verdict of Test Connection. */
    public record Connection(boolean ok, String verdict, String message) {}

    /**
     * Who sends something.
     *
     * @param address with its token
     */
    public record Source(String id, URI address) {}

    /** Sets everything up through the API. */
    static Shop open(Api api, URI server) {
        JsonNode workspace = api.patch(
                "/workspace",
                Map.of(
                        "name",
                        "Batik Ayu",
                        "defaultCountry",
                        "ID",
                        "currency",
                        "IDR",
                        "timezone",
                        "Asia/Jakarta",
                        "language",
                        "id"));
        api.put(
                "/conversion-settings",
                Map.of("strategy", "strict", "values", values(), "consentWhenUnknown", "allow"));
        var agentIds = new ArrayList<String>();
        var agents = new LinkedHashMap<String, String>();
        for (Agent a : Sample.AGENTS) {
            var agent = new LinkedHashMap<String, Object>(Map.of("name", a.name(), "phone", a.phone()));
            if (a.account() != null) {
                agent.put("whatsappBusinessAccountId", a.account());
            }
            JsonNode stored = api.post("/agents", agent);
            agentIds.add(stored.path("id").asText());
            agents.put(stored.path("phone").asText().substring(1), a.name());
        }
        rotator(api, agentIds, 0, "Promo batik Lebaran", "Halo kak, saya mau tanya promo batiknya ya 🙏 {code}");
        rotator(api, agentIds, 1, "Seragam kantor", "Selamat siang, saya tertarik seragam kantor ({campaign}). {code}");
        var ids = new TreeMap<PixelPlan, String>();
        var connections = new TreeMap<PixelPlan, Connection>();
        for (PixelPlan plan : Platforms.pixels()) {
            String id = api.post("/pixels", pixel(plan)).path("id").asText();
            ids.put(plan, id);
            JsonNode said = api.post("/pixels/" + id + "/test", Map.of());
            connections.put(
                    plan,
                    new Connection(
                            said.path("ok").asBoolean(),
                            said.path("verdict").asText(),
                            said.path("message").asText()));
        }
        String trackerKey = workspace.path("trackerKey").asText();
        return new Shop(ids, connections, agents, trackerKey, sources(api, server));
    }

    private static Map<String, Source> sources(Api api, URI server) {
        var sources = new LinkedHashMap<String, Source>();
        sources.put(
                WHATSAPP,
                source(
                        api,
                        server,
                        Map.of(
                                "kind",
                                WHATSAPP,
                                "name",
                                "WhatsApp Cloud API",
                                "secret",
                                APP_SECRET,
                                "firstMessageStatus",
                                Sample.AFTER_FIRST_MESSAGE)));
        sources.put(
                GATEWAY,
                source(
                        api,
                        server,
                        Map.of("kind", GATEWAY, "name", "Fonnte", "firstMessageStatus", Sample.AFTER_FIRST_MESSAGE)));
        sources.put(
                FORM,
                source(
                        api,
                        server,
                        Map.of(
                                "kind",
                                FORM,
                                "name",
                                "Form on the page",
                                "origins",
                                List.of(Sample.SHOP),
                                "redirectUrl",
                                Sample.SHOP + "/terima-kasih")));
        return sources;
    }

    private static Source source(Api api, URI server, Map<String, ?> asked) {
        return source(api.post("/sources", asked), server);
    }

    /** A source the server made; its address at this server, whatever its public one is. */
    static Source source(JsonNode made, URI server) {
        String url = made.path("url").asText();
        return new Source(
                made.path("id").asText(), server.resolve(URI.create(url).getRawPath()));
    }

    /** The same with one more source. */
    Shop with(String kind, Source source) {
        var more = new LinkedHashMap<>(sources);
        more.put(kind, source);
        return new Shop(pixelIds, connections, agents, trackerKey, more);
    }

    /** Where a source takes requests. */
    URI source(String kind) {
        return Objects.requireNonNull(sources.get(kind), kind).address();
    }

    /** The agent with that number, digits. */
    Agent agent(String number) {
        return Sample.AGENTS.get(List.copyOf(agents.keySet()).indexOf(number));
    }

    /** An agent's number, digits. */
    String number(Agent agent) {
        return List.copyOf(agents.keySet()).get(Sample.AGENTS.indexOf(agent));
    }

    /** The plan behind an id of Kembali's. */
    PixelPlan plan(String pixelId) {
        return pixelIds.entrySet().stream()
                .filter(e -> e.getValue().equals(pixelId))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the server names a pixel nobody made: " + pixelId));
    }

    private static void rotator(Api api, List<String> agentIds, int which, String name, String message) {
        boolean weighted = which == 1;
        var shares = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < agentIds.size(); i++) {
            shares.add(Map.of("agentId", agentIds.get(i), "weight", weighted ? WEIGHTS.get(i) : 1));
        }
        api.post(
                "/rotators",
                Map.of(
                        "slug",
                        Sample.ROTATORS.get(which),
                        "name",
                        name,
                        "message",
                        message,
                        "agents",
                        shares,
                        "distribution",
                        weighted ? "weighted" : "round_robin",
                        "sticky",
                        true));
    }

    private static Map<String, Object> pixel(PixelPlan plan) {
        return Map.of(
                "platform",
                plan.platform().key(),
                "name",
                plan.title(),
                "strategy",
                plan.strategy(),
                "settings",
                plan.settings(),
                "credentials",
                plan.credentials(),
                "mapping",
                plan.mapping());
    }

    private static Map<String, Map<String, String>> values() {
        var values = new LinkedHashMap<String, Map<String, String>>();
        Worth.KINDS.forEach((status, kind) -> values.put(
                status,
                kind.equals("fixed")
                        ? Map.of("kind", kind, "amount", Worth.NEW_LEAD, "currency", "IDR")
                        : Map.of("kind", kind)));
        return values;
    }
}
