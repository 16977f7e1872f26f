package kembali.inbound.postback;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import kembali.account.Workspaces;
import kembali.inbound.PostbackDoc;
import kembali.inbound.Source;
import kembali.intake.PostbackSource;
import kembali.lead.Pipelines;
import kembali.postback.Access;
import kembali.postback.AmountRules;
import kembali.postback.AmountRules.DecimalMark;
import kembali.postback.DuplicatePolicy;
import kembali.postback.FieldMap;
import kembali.postback.LoggedQuery;
import kembali.postback.PostbackReader;
import kembali.postback.Signing;
import kembali.postback.SourceRules;
import kembali.postback.StatusMeaning;
import kembali.postback.StatusRules;
import kembali.support.Cidr;
import org.jspecify.annotations.Nullable;

/** The rules of each source of postbacks, made ready once and again when somebody changed them. */
public final class PostbackRules {
    private final Workspaces workspaces;
    private final Pipelines pipelines;
    private final Map<String, Ready> ready = new ConcurrentHashMap<>();

    PostbackRules(Workspaces workspaces, Pipelines pipelines) {
        this.workspaces = workspaces;
        this.pipelines = pipelines;
    }

    /**
     * A source ready to take requests.
     *
     * @param rules how its postbacks are handled
     * @param log masks what is kept of its requests
     */
    public record Ready(
            Source source,
            List<Pipelines.Stage> stages,
            PostbackSource rules,
            PostbackReader reader,
            LoggedQuery log,
            Access access,
            int ratePerSecond) {
        private boolean isOf(Source s, List<Pipelines.Stage> now, String country) {
            return source == s && stages == now && rules.country().equals(country);
        }

        /** Without the source's secrets. */
        @Override
        public String toString() {
            return "Ready[" + source.id() + "]";
        }
    }

    /** The source, ready. */
    public Ready of(Source s) {
        List<Pipelines.Stage> stages = pipelines.of(s.workspaceId());
        String country = workspaces.get(s.workspaceId()).defaultCountry();
        Ready r = ready.get(s.id());
        if (r == null || !r.isOf(s, stages, country)) {
            r = made(s, stages, country);
            ready.put(s.id(), r);
        }
        return r;
    }

    private static Ready made(Source s, List<Pipelines.Stage> stages, String country) {
        PostbackDoc doc = Objects.requireNonNullElse(s.doc().postback(), PostbackDoc.NATIVE);
        List<String> pipeline = stages.stream().map(Pipelines.Stage::status).toList();
        FieldMap fields = FieldMap.of(s.doc().fieldMap());
        var rules = new SourceRules(
                s.id(),
                fields,
                new AmountRules(
                        doc.decimalMark().equals(",") ? DecimalMark.COMMA : DecimalMark.POINT,
                        doc.sumPair(),
                        doc.defaultCurrency()),
                statuses(s.doc().statusMap(), doc.defaultStatus(), pipeline),
                ZoneId.of(doc.timezone()),
                new SourceRules.Handling(
                        Objects.requireNonNullElse(
                                DuplicatePolicy.named(doc.duplicatePolicy()), DuplicatePolicy.UPDATE),
                        doc.forwardNothing(),
                        doc.strict(),
                        doc.reportRejected(),
                        doc.matchContact()));
        return new Ready(
                s,
                stages,
                new PostbackSource(s.workspaceId(), rules, Map.of(), pipeline, country, doc.quarantine()),
                new PostbackReader(rules),
                new LoggedQuery(fields),
                access(s, doc),
                doc.ratePerSecond());
    }

    /** What the words of a map mean; one whose target the pipeline lost since means nothing. */
    static StatusRules statuses(Map<String, String> map, @Nullable String missing, List<String> pipeline) {
        var meanings = new HashMap<String, StatusMeaning>();
        map.forEach((word, target) -> {
            StatusMeaning meaning = StatusMeaning.parse(target, List.of(), pipeline);
            if (meaning != null) {
                meanings.put(word, meaning);
            }
        });
        return new StatusRules(
                meanings, List.of(), missing == null ? null : StatusMeaning.parse(missing, List.of(), pipeline));
    }

    private static Access access(Source s, PostbackDoc doc) {
        String secret = s.keys().secret();
        return new Access(
                doc.allowedIps().stream().map(Cidr::parse).toList(),
                secret == null ? null : new Signing(secret, doc.signatureHeader()));
    }
}
