package kembali.platform.s2s;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kembali.platform.ConversionEvent;
import kembali.platform.DeliveryRules;
import kembali.platform.Destination;
import kembali.platform.PlatformReply;
import kembali.platform.PlatformRequest;
import kembali.platform.Prepared;
import kembali.platform.ProbeStep;
import kembali.platform.Strategy;
import kembali.platform.Verdict;
import org.jspecify.annotations.Nullable;

/** One target of postbacks, opened for sending. */
final class S2sDestination implements Destination {
    /** Stands for the secret while the address is made ready for a log. */
    private static final String IN_LOGS = "kmb-secret-kmb";

    private static final String TEST_PARAMETER = "test=1";
    private static final String TEST_HEADER = "X-Kembali-Test";

    private final S2sSettings settings;
    private final S2sEncoder encoder;
    private final S2sReplyReader reader;
    private final DeliveryRules rules;
    private final Map<String, String> headers;
    private final List<String> literalSecrets;

    S2sDestination(S2sSettings settings, DeliveryRules rules) {
        this.settings = settings;
        this.encoder = new S2sEncoder(settings);
        this.reader = new S2sReplyReader(settings);
        this.rules = rules;
        var all = new LinkedHashMap<String, String>();
        String contentType = settings.method().contentType();
        if (contentType != null && settings.headers().keySet().stream().noneMatch("Content-Type"::equalsIgnoreCase)) {
            all.put("Content-Type", contentType);
        }
        all.putAll(settings.headers());
        this.headers = Map.copyOf(all);
        this.literalSecrets = S2sTemplates.literalSecrets(settings.url().text());
    }

    @Override
    public Prepared prepare(ConversionEvent event, Strategy strategy, Instant now) {
        return encoder.prepare(event, now);
    }

    @Override
    public PlatformRequest request(List<Prepared.Ready> events, @Nullable String testCode) {
        S2sValues values = S2sValues.parse(events.getFirst().json());
        boolean test = testCode != null && !testCode.isBlank();
        String address = address(values, settings.secret(), test);
        String logged = masked(address(values, IN_LOGS, test));
        var sent = headers;
        if (test) {
            sent = new LinkedHashMap<>(headers);
            sent.put(TEST_HEADER, "1");
        }
        String body = settings.body() == null ? "" : settings.body().fill(values.with(""));
        return new PlatformRequest(settings.method().http(), URI.create(address), logged, sent, body, true);
    }

    private String address(S2sValues values, String secret, boolean test) {
        String address = settings.url().fill(values.with(secret));
        int fragment = address.indexOf('#');
        String sent = fragment < 0 ? address : address.substring(0, fragment);
        return test ? sent + (sent.indexOf('?') < 0 ? "?" : "&") + TEST_PARAMETER : sent;
    }

    private String masked(String address) {
        String masked = address.replace(IN_LOGS, "***");
        for (String secret : literalSecrets) {
            masked = masked.replace("=" + secret, "=***").replace("/bot" + secret, "/bot***");
        }
        return masked;
    }

    @Override
    public Verdict read(PlatformReply reply, List<Prepared.Ready> sent, Instant now) {
        return reader.read(reply, now);
    }

    /** Asks the host for its front page: no source takes that for a conversion. */
    @Override
    public ProbeStep probe(Instant now) {
        URI address = Objects.requireNonNull(S2sTemplates.plain(settings.url()));
        URI host = URI.create(address.getScheme() + "://" + address.getRawAuthority() + "/");
        return ProbeStep.of(
                new PlatformRequest("HEAD", host, host.toString(), Map.of(), "", true), S2sReplyReader::found);
    }

    /** A lead's status that was chosen by its own name is sent under it. */
    @Override
    public @Nullable String defaultEvent(String status) {
        return settings.statuses().contains(status) ? status : null;
    }

    @Override
    public DeliveryRules rules() {
        return rules;
    }

    @Override
    public List<String> secrets() {
        List<String> secrets = new ArrayList<>(literalSecrets);
        for (String value : settings.headers().values()) {
            secrets.add(value);
            int space = value.lastIndexOf(' ');
            if (space > 0) {
                secrets.add(value.substring(space + 1));
            }
        }
        return List.copyOf(secrets);
    }

    @Override
    public String toString() {
        return "S2sDestination[" + settings + "]";
    }
}
