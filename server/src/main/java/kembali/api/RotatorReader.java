package kembali.api;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import kembali.account.LinkDomains;
import kembali.account.Workspace;
import kembali.api.RotatorInput.PreviewInput;
import kembali.api.RotatorInput.ShareInput;
import kembali.capture.rotator.Rotator;
import kembali.capture.rotator.RotatorAgent;
import kembali.capture.rotator.Rotators;
import kembali.capture.rotator.WaLink;
import kembali.http.Checks;
import kembali.identity.PhoneNumbers;
import org.jspecify.annotations.Nullable;

/** Checks a rotator, field by field. */
final class RotatorReader {
    static final String USUAL_MESSAGE = "Halo, saya tertarik. {code}";
    static final int LONGEST_MESSAGE = 1_000;

    private static final Pattern SLUG = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?");
    private static final List<String> DISTRIBUTIONS = List.of("round_robin", "weighted");
    private static final List<String> HOSTS =
            List.of(WaLink.Host.WA_ME.hostName(), WaLink.Host.API.hostName(), Rotator.Doc.PAGE);
    private static final int MOST_AGENTS = 100;
    private static final int MOST_DOMAINS = 20;
    private static final int MOST_A_DAY = 1_000_000;
    private static final int MOST_A_MINUTE = 1_000_000;

    private final Checks checks;
    private final Rotators rotators;
    private final Workspace workspace;
    private final String publicHost;

    /** @param publicHost the server's own, which is nobody's domain */
    RotatorReader(Checks checks, Rotators rotators, Workspace workspace, String publicHost) {
        this.checks = checks;
        this.rotators = rotators;
        this.workspace = workspace;
        this.publicHost = publicHost;
    }

    String slug(RotatorInput in) {
        String slug = checks.required("slug", in.slug(), 100).toLowerCase(Locale.ROOT);
        if (!slug.isEmpty() && !SLUG.matcher(slug).matches()) {
            checks.error("slug", "may hold a-z, 0-9 and dashes inside, such as promo-eid");
        }
        return slug;
    }

    Rotator.Doc doc(RotatorInput in) {
        String name = checks.required("name", in.name(), 200);
        String message = checks.text("message", in.message(), LONGEST_MESSAGE);
        List<Rotator.Share> agents = agents(in.agents());
        String fallback = phone("fallbackPhone", in.fallbackPhone());
        if ((in.agents() == null || in.agents().isEmpty()) && fallback == null) {
            checks.error("agents", "is empty; name at least one agent, or a fallbackPhone");
        }
        return new Rotator.Doc(
                name,
                message == null ? USUAL_MESSAGE : message,
                agents,
                checks.word("distribution", in.distribution(), DISTRIBUTIONS, "round_robin"),
                in.sticky() == null || in.sticky(),
                fallback,
                linkHost(in),
                new RotatorFormReader(checks).read(in.form(), workspace.language()),
                preview(in.preview()),
                domains("domains", in.domains()),
                whole("clicksPerMinute", in.clicksPerMinute(), MOST_A_MINUTE));
    }

    String linkHost(RotatorInput in) {
        return checks.word("linkHost", in.linkHost(), HOSTS, WaLink.Host.WA_ME.hostName());
    }

    List<Rotator.Share> agents(@Nullable List<ShareInput> given) {
        var shares = new ArrayList<Rotator.Share>();
        var seen = new HashSet<String>();
        if (given == null) {
            return shares;
        }
        if (given.size() > MOST_AGENTS) {
            checks.error("agents", "has " + given.size() + " agents; at most " + MOST_AGENTS + " are taken");
            return shares;
        }
        for (int i = 0; i < given.size(); i++) {
            ShareInput s = given.get(i);
            String field = "agents[" + i + "]";
            String id = checks.required(field + ".agentId", s == null ? null : s.agentId(), 40);
            if (!id.isEmpty() && rotators.findAgent(workspace.id(), id) == null) {
                checks.error(field + ".agentId", "is no agent of this workspace");
            } else if (!seen.add(id)) {
                checks.error(field + ".agentId", "is named twice");
            }
            int weight = s == null || s.weight() == null ? 1 : s.weight();
            Integer cap = whole(field + ".dailyCap", s == null ? null : s.dailyCap(), MOST_A_DAY);
            if (weight < 0 || weight > RotatorAgent.MAX_WEIGHT) {
                checks.error(field + ".weight", "must be 0 to " + RotatorAgent.MAX_WEIGHT);
            } else {
                shares.add(new Rotator.Share(id, weight, cap));
            }
        }
        return shares;
    }

    @Nullable String phone(String field, @Nullable String raw) {
        String text = checks.text(field, raw, 60);
        if (text == null) {
            return null;
        }
        var p = PhoneNumbers.fromPerson(text, workspace.defaultCountry());
        if (p == null) {
            checks.error(field, "is no phone number; write it as +628111000111");
            return null;
        }
        return p.e164();
    }

    /** Host names, each once, as they are compared. */
    List<String> domains(String field, @Nullable List<String> given) {
        var domains = new ArrayList<String>();
        if (given == null) {
            return domains;
        }
        if (given.size() > MOST_DOMAINS) {
            checks.error(field, "has " + given.size() + " hosts; at most " + MOST_DOMAINS + " are taken");
            return domains;
        }
        for (int i = 0; i < given.size(); i++) {
            String at = field + "[" + i + "]";
            String written = checks.required(at, given.get(i), 260);
            String host = written.isEmpty() ? null : LinkDomains.normalised(written);
            if (!written.isEmpty() && host == null) {
                checks.error(at, "is no host name such as chat.brand.example, without https:// and without a path");
            } else if (host != null && host.equals(publicHost)) {
                checks.error(at, "is the server's own address, which answers every link already");
            } else if (host != null && domains.contains(host)) {
                checks.error(at, "is named twice");
            } else if (host != null) {
                domains.add(host);
            }
        }
        return domains;
    }

    private @Nullable Integer whole(String field, @Nullable Integer value, int most) {
        if (value != null && (value < 1 || value > most)) {
            checks.error(field, "must be 1 to " + most + ", or null");
            return null;
        }
        return value;
    }

    private Rotator.@Nullable Preview preview(@Nullable PreviewInput in) {
        if (in == null) {
            return null;
        }
        return new Rotator.Preview(
                checks.text("preview.title", in.title(), 120),
                checks.text("preview.description", in.description(), 300),
                image("preview.imageUrl", in.imageUrl()));
    }

    private @Nullable String image(String field, @Nullable String raw) {
        String text = checks.text(field, raw, 1_000);
        if (text == null) {
            return null;
        }
        try {
            URI uri = new URI(text);
            if ("https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null) {
                return uri.toASCIIString();
            }
        } catch (URISyntaxException e) {
            checks.error(field, "is no web address such as https://brand.example/promo.jpg");
            return null;
        }
        checks.error(field, "must begin with https:// and name a host, such as https://brand.example/promo.jpg");
        return null;
    }
}
