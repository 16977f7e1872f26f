package kembali.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import kembali.account.Workspace;
import kembali.http.Checks;
import kembali.inbound.PostbackDoc;
import kembali.inbound.Source;
import kembali.inbound.SourceDoc;
import kembali.inbound.SourceKeys;
import kembali.inbound.Sources;
import kembali.postback.ConversionStatus;
import kembali.postback.DuplicatePolicy;
import kembali.postback.Field;
import kembali.postback.FieldMap;
import kembali.postback.StatusMeaning;
import kembali.postback.StatusWord;
import kembali.support.Cidr;
import org.jspecify.annotations.Nullable;

/** Checks a {@link PostbackSourceInput} and makes a source of it. */
final class PostbackSourceReader {
    static final String NATIVE = "native";
    static final String KEITARO = "keitaro";
    private static final List<String> TEMPLATES = List.of(NATIVE, KEITARO);
    private static final int MOST_WORDS = 1_000;
    private static final int MOST_FIELDS = 200;
    private static final int MOST_BLOCKS = 200;
    private static final int MOST_RATE = 100_000;
    private static final int SHORTEST_SECRET = 16;
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");
    private static final List<String> POLICIES =
            Arrays.stream(DuplicatePolicy.values()).map(DuplicatePolicy::code).toList();

    private final Workspace workspace;
    private final List<String> pipeline;
    private final Sources sources;
    private final Checks checks = new Checks();

    /** @param pipeline the workspace's statuses, first to last */
    PostbackSourceReader(Workspace workspace, List<String> pipeline, Sources sources) {
        this.workspace = workspace;
        this.pipeline = pipeline;
        this.sources = sources;
    }

    /**
     * @param before the stored source, or null for a new one
     * @param secret what is to sign its requests; null for nothing
     * @throws kembali.support.Refusal naming every wrong field
     */
    Source read(PostbackSourceInput in, @Nullable Source before, @Nullable String secret, Instant now) {
        if (before != null && in.kind() != null && !in.kind().equals(before.kind())) {
            checks.error("kind", "cannot be changed; make another source");
        }
        String name = checks.required("name", in.name(), 200);
        String key = checks.text("secret", secret, 500);
        if (key != null && key.length() < SHORTEST_SECRET) {
            checks.error("secret", "must have at least " + SHORTEST_SECRET + " characters; anybody could guess it");
        }
        SourceDoc doc = SourceDoc.ofPostbacks(
                fieldMap(in.fieldMap()), statusMap(in.statusMap()), doc(in, before == null, key != null));
        checks.done();
        var keys = new SourceKeys(key, null, null);
        return before != null
                ? before.with(name, doc, keys)
                : new Source(
                        workspace.id(),
                        sources.newId(),
                        Source.POSTBACK,
                        name,
                        doc,
                        keys,
                        sources.newToken(),
                        null,
                        null,
                        now,
                        now);
    }

    private PostbackDoc doc(PostbackSourceInput in, boolean isNew, boolean signed) {
        String template = checks.word("template", in.template(), TEMPLATES, NATIVE);
        String currency = checks.currency("defaultCurrency", in.defaultCurrency());
        // Whoever moves from a tracker that books a sale finds the same here, with a warning.
        String missing = in.defaultStatus() == null && isNew && template.equals(KEITARO)
                ? ConversionStatus.SALE.word()
                : in.defaultStatus();
        return new PostbackDoc(
                template,
                checks.text("label", in.label(), 100),
                macros(in.macros()),
                currency == null && isNew ? workspace.currency() : currency,
                checks.word("decimalMark", in.decimalMark(), List.of(".", ","), "."),
                isOn(in.sumPair()),
                missing == null ? null : target("defaultStatus", missing),
                checks.word("duplicatePolicy", in.duplicatePolicy(), POLICIES, DuplicatePolicy.UPDATE.code()),
                blocks(in.allowedIps()),
                header(in.signatureHeader(), signed),
                zone(in.timezone()),
                isOn(in.matchContact()),
                isOn(in.reportRejected()),
                isOn(in.forwardNothing()),
                isOn(in.quarantine()),
                isOn(in.strict()),
                rate(in.ratePerSecond()));
    }

    private static boolean isOn(@Nullable Boolean said) {
        return Boolean.TRUE.equals(said);
    }

    private int rate(@Nullable Integer said) {
        int rate = Objects.requireNonNullElse(said, PostbackDoc.USUAL_RATE);
        if (rate < 1 || rate > MOST_RATE) {
            checks.error("ratePerSecond", "must be 1 to " + MOST_RATE);
        }
        return rate;
    }

    private String zone(@Nullable String said) {
        String zone = said == null ? workspace.timezone() : said;
        try {
            return ZoneId.of(zone).getId();
        } catch (DateTimeException e) {
            checks.error("timezone", "is no time zone such as Asia/Jakarta or UTC");
            return "UTC";
        }
    }

    private @Nullable String header(@Nullable String said, boolean signed) {
        String header = checks.text("signatureHeader", said, 64);
        if (header != null && !HEADER.matcher(header).matches()) {
            checks.error("signatureHeader", "is no name of a header, such as X-Signature");
        } else if (header != null && !signed) {
            checks.error("signatureHeader", "has no use without a secret; send one, or leave it out");
        }
        return header;
    }

    private List<String> blocks(@Nullable List<String> given) {
        var blocks = new ArrayList<String>();
        if (given == null) {
            return blocks;
        }
        if (given.size() > MOST_BLOCKS) {
            checks.error("allowedIps", "must have at most " + MOST_BLOCKS + " members");
        }
        for (int i = 0; i < given.size(); i++) {
            String field = "allowedIps[" + i + "]";
            String text = checks.required(field, given.get(i), 60);
            if (text.isEmpty()) {
                continue;
            }
            try {
                Cidr.parse(text);
                blocks.add(text);
            } catch (IllegalArgumentException e) {
                checks.error(field, e.getMessage() + "; write 203.0.113.7 or 203.0.113.0/24");
            }
        }
        return blocks;
    }

    private Map<String, String> fieldMap(@Nullable Map<String, String> given) {
        var map = new TreeMap<String, String>();
        if (given == null) {
            return map;
        }
        if (given.size() > MOST_FIELDS) {
            checks.error("fieldMap", "must have at most " + MOST_FIELDS + " members");
            return map;
        }
        checks.addAll(FieldMap.faults(given));
        map.putAll(given);
        return map;
    }

    private Map<String, String> statusMap(@Nullable Map<String, String> given) {
        var map = new TreeMap<String, String>();
        if (given == null) {
            return map;
        }
        if (given.size() > MOST_WORDS) {
            checks.error("statusMap", "must have at most " + MOST_WORDS + " members");
        }
        given.forEach((word, target) -> {
            if (StatusWord.normal(word).isEmpty() || word.length() > StatusWord.MAX_LENGTH) {
                checks.error("statusMap", "a word must have 1 to " + StatusWord.MAX_LENGTH + " characters");
                return;
            }
            String field = "statusMap." + word;
            String meaning = target(field, checks.required(field, target, 60));
            if (meaning != null) {
                map.put(StatusWord.normal(word), meaning);
            }
        });
        return map;
    }

    private @Nullable String target(String field, String said) {
        if (said.isBlank()) {
            return null;
        }
        StatusMeaning meaning = StatusMeaning.parse(said, List.of(), pipeline);
        if (meaning == null) {
            checks.error(field, "is none of: " + String.join(", ", targets()));
            return null;
        }
        return meaning.word();
    }

    private Set<String> targets() {
        var all = new LinkedHashSet<String>();
        ConversionStatus.CANONICAL.forEach(s -> all.add(s.word()));
        all.addAll(pipeline);
        all.add("ignore");
        return all;
    }

    private Map<String, String> macros(@Nullable Map<String, String> given) {
        var map = new TreeMap<String, String>();
        if (given == null) {
            return map;
        }
        given.forEach((parameter, macro) -> {
            if (PostbackUrls.PARAMETERS.stream().noneMatch(parameter::equals)) {
                checks.error(
                        "macros." + parameter,
                        "is none of the parameters of the address: " + String.join(", ", PostbackUrls.PARAMETERS));
                return;
            }
            String text = checks.required("macros." + parameter, macro, 100);
            if (text.indexOf('&') >= 0 || text.indexOf('?') >= 0 || text.indexOf(' ') >= 0) {
                checks.error("macros." + parameter, "is a macro such as {sub1} or [CLICK_ID], and no address");
            }
            map.put(parameter, text);
        });
        return map;
    }

    /** Fields of a postback, for the dashboard. */
    static List<String> fields() {
        return Arrays.stream(Field.values()).map(Field::code).toList();
    }
}
