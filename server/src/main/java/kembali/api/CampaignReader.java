package kembali.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kembali.account.LinkDomains;
import kembali.api.CampaignInput.DestinationInput;
import kembali.api.CampaignInput.ParameterInput;
import kembali.campaign.Alias;
import kembali.campaign.CampaignParameter;
import kembali.campaign.Destination;
import kembali.campaign.Finding;
import kembali.campaign.LinkRules;
import kembali.campaign.MacroTemplate;
import kembali.campaign.SourceTemplate;
import kembali.capture.campaign.Campaign;
import kembali.capture.campaign.Campaigns;
import kembali.http.Checks;
import org.jspecify.annotations.Nullable;

/** Checks a campaign, field by field. */
final class CampaignReader {
    private static final int MOST_DESTINATIONS = 50;
    private static final int MOST_A_MINUTE = 1_000_000;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{8,40}");
    private static final List<String> SOURCES =
            SourceTemplate.ALL.stream().map(SourceTemplate::key).toList();

    private final Checks checks;
    private final Campaigns campaigns;
    private final String publicHost;

    /** @param publicHost the server's own, which is nobody's domain */
    CampaignReader(Checks checks, Campaigns campaigns, String publicHost) {
        this.checks = checks;
        this.campaigns = campaigns;
        this.publicHost = publicHost;
    }

    String alias(CampaignInput in) {
        String alias = checks.required("alias", in.alias(), 200);
        String complaint = alias.isEmpty() ? null : Alias.complaint(alias);
        if (complaint != null) {
            checks.error("alias", complaint);
        }
        return alias.toLowerCase(Locale.ROOT);
    }

    String token(CampaignInput in, @Nullable Campaign before) {
        String token = checks.text("token", in.token(), 200);
        if (token == null) {
            return before == null ? campaigns.newToken() : before.token();
        }
        if (!TOKEN.matcher(token).matches()) {
            checks.error("token", "has 8 to 40 letters, digits, dashes or underscores; leave it out to have one made");
        }
        return token;
    }

    @Nullable String domain(CampaignInput in) {
        String written = checks.text("domain", in.domain(), 260);
        if (written == null) {
            return null;
        }
        String host = LinkDomains.normalised(written);
        if (host == null) {
            checks.error("domain", "is no host name such as go.brand.example, without https:// and without a path");
        } else if (host.equals(publicHost)) {
            checks.error("domain", "is the server's own address, which answers the link when no domain is given");
            return null;
        }
        return host;
    }

    Campaign.Doc doc(CampaignInput in, @Nullable Campaign before) {
        String source = source(in.source());
        List<CampaignParameter> parameters = parameters(in.parameters(), source);
        checks.addAll(new LinkRules(parameters, java.util.Map.of()).faults());
        Integer clicks = in.clicksPerMinute();
        if (clicks != null && (clicks < 1 || clicks > MOST_A_MINUTE)) {
            checks.error("clicksPerMinute", "must be 1 to " + MOST_A_MINUTE + ", or null");
        }
        return new Campaign.Doc(
                destinations(in, parameters, before), source, parameters, in.active() == null || in.active(), clicks);
    }

    private @Nullable String source(@Nullable String given) {
        return given == null || given.isBlank()
                ? null
                : checks.word("source", given.strip(), SOURCES, SOURCES.getFirst());
    }

    private List<CampaignParameter> parameters(@Nullable List<ParameterInput> given, @Nullable String source) {
        SourceTemplate template = source == null ? null : SourceTemplate.named(source);
        if (given == null) {
            return template == null ? List.of() : template.parameters();
        }
        if (given.size() > LinkRules.MAX_PARAMETERS) {
            checks.error(
                    "parameters",
                    "has " + given.size() + " parameters; at most " + LinkRules.MAX_PARAMETERS + " are taken");
            return List.of();
        }
        var parameters = new ArrayList<CampaignParameter>();
        for (int i = 0; i < given.size(); i++) {
            ParameterInput p = given.get(i);
            String at = "parameters[" + i + "]";
            if (p == null) {
                checks.error(at, "is missing");
                continue;
            }
            String key = checks.text(at + ".key", p.key(), 200);
            String name = checks.text(at + ".name", p.name(), 200);
            String token = checks.text(at + ".token", p.token(), 500);
            parameters.add(new CampaignParameter(
                    name == null ? String.valueOf(key) : name,
                    key == null ? "" : key,
                    token == null ? "" : token,
                    checks.text(at + ".slot", p.slot(), 200),
                    checks.text(at + ".clickId", p.clickId(), 200)));
        }
        return parameters;
    }

    private List<Campaign.Target> destinations(
            CampaignInput in, List<CampaignParameter> parameters, @Nullable Campaign before) {
        boolean one = in.destinationUrl() != null && !in.destinationUrl().isBlank();
        if (one && in.destinations() != null && !in.destinations().isEmpty()) {
            checks.error("destinationUrl", "stands beside destinations; give one of the two");
            return List.of();
        }
        if (one) {
            // The only destination keeps its id, and with it its figures.
            String id = before == null || before.doc().destinations().size() != 1
                    ? campaigns.newDestinationId()
                    : before.doc().destinations().getFirst().id();
            String url = url("destinationUrl", in.destinationUrl(), parameters);
            return List.of(new Campaign.Target(id, "Destination", url, 1));
        }
        List<DestinationInput> given = in.destinations() == null ? List.of() : in.destinations();
        if (given.isEmpty()) {
            checks.error(
                    "destinationUrl",
                    "is missing; say where the link leads, such as https://shop.example/?subid={subid}");
        } else if (given.size() > MOST_DESTINATIONS) {
            checks.error(
                    "destinations", "has " + given.size() + " entries; at most " + MOST_DESTINATIONS + " are taken");
            return List.of();
        }
        var targets = new ArrayList<Campaign.Target>();
        var seen = new HashSet<String>();
        for (int i = 0; i < given.size(); i++) {
            targets.add(destination("destinations[" + i + "]", i, given.get(i), parameters, before, seen));
        }
        if (!targets.isEmpty() && targets.stream().allMatch(t -> t.weight() == 0)) {
            checks.error("destinations", "has only weights of 0, so nobody would be led anywhere; give one a weight");
        }
        return targets;
    }

    private Campaign.Target destination(
            String at,
            int index,
            @Nullable DestinationInput d,
            List<CampaignParameter> parameters,
            @Nullable Campaign before,
            HashSet<String> seen) {
        String id = d == null ? null : checks.text(at + ".id", d.id(), 40);
        if (id != null && (before == null || before.doc().destination(id) == null)) {
            checks.error(at + ".id", "is no destination of this campaign; leave it out for a new one");
        } else if (id != null && !seen.add(id)) {
            checks.error(at + ".id", "is named twice");
        }
        int weight = d == null || d.weight() == null ? 1 : d.weight();
        if (weight < 0 || weight > Destination.MAX_WEIGHT) {
            checks.error(at + ".weight", "must be 0 to " + Destination.MAX_WEIGHT);
            weight = 1;
        }
        String name = d == null ? null : checks.text(at + ".name", d.name(), 200);
        return new Campaign.Target(
                id == null ? campaigns.newDestinationId() : id,
                name == null ? "Destination " + (index + 1) : name,
                url(at + ".url", d == null ? null : d.url(), parameters),
                weight);
    }

    /** An address with macros; what can be saved all the same is a warning of the answer's. */
    private String url(String field, @Nullable String given, List<CampaignParameter> parameters) {
        String url = checks.required(field, given, MacroTemplate.MAX_LENGTH);
        if (url.isEmpty()) {
            return url;
        }
        if (url.chars().anyMatch(c -> c <= ' ' && c != ' ')) {
            checks.error(field, "has a line break; write the address in one line");
        }
        MacroTemplate template = Campaigns.template(url, parameters);
        String refused = template.findings().stream()
                .filter(f -> f.weight() == Finding.Weight.REFUSED)
                .map(f -> f.sentence() + " " + f.fix())
                .collect(Collectors.joining(" "));
        if (!refused.isEmpty()) {
            checks.error(field, refused);
        } else if (url.startsWith("{")) {
            checks.error(
                    field,
                    "begins with a macro, so nothing here says where it leads; write a whole address, such as"
                            + " https://shop.example/?subid={subid}");
        }
        return url;
    }
}
