package kembali.api;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import kembali.account.Workspace;
import kembali.http.Checks;
import kembali.identity.PhoneNumbers;
import kembali.inbound.Kind;
import kembali.inbound.Kinds;
import kembali.inbound.LeadFields;
import kembali.inbound.Source;
import kembali.inbound.SourceDoc;
import kembali.inbound.SourceForm;
import kembali.inbound.SourceKeys;
import kembali.inbound.Sources;
import org.jspecify.annotations.Nullable;

/** Checks a {@link SourceInput} and makes a source of it. */
final class SourceReader {
    private static final int MOST_FIELDS = 200;
    private static final int MOST_STATUSES = 500;
    private static final int MOST_ORIGINS = 50;

    private final Workspace workspace;
    private final List<String> statuses;
    private final Kinds kinds;
    private final Sources sources;
    private final Checks checks = new Checks();

    SourceReader(Workspace workspace, List<String> statuses, Kinds kinds, Sources sources) {
        this.workspace = workspace;
        this.statuses = statuses;
        this.kinds = kinds;
        this.sources = sources;
    }

    /**
     * @param before the stored source, or null for a new one
     * @throws kembali.support.Refusal naming every wrong field
     */
    Source read(SourceInput in, @Nullable Source before, SourceKeys keys, Instant now) {
        String key = before == null ? checks.required("kind", in.kind(), 32) : before.kind();
        Kind kind = kinds.find(key);
        if (kind == null && !key.isEmpty()) {
            checks.error(
                    "kind",
                    "is none of: "
                            + String.join(
                                    ", ", kinds.all().stream().map(Kind::key).toList()));
        }
        if (before != null && in.kind() != null && !in.kind().equals(before.kind())) {
            checks.error("kind", "cannot be changed; make another source");
        }
        String name = checks.required("name", in.name(), 200);
        SourceDoc doc = doc(in);
        SourceKeys own = kind == null ? keys : keys(kind, keys, before == null);
        if (kind != null) {
            required(kind.form(), doc, own);
        }
        checks.done();
        return before != null
                ? before.with(name, doc, own)
                : new Source(
                        workspace.id(), sources.newId(), key, name, doc, own, sources.newToken(), null, null, now, now);
    }

    private SourceDoc doc(SourceInput in) {
        String honeypot = checks.text("honeypot", in.honeypot(), 100);
        String first = checks.text("firstMessageStatus", in.firstMessageStatus(), 40);
        if (first != null) {
            LeadReader.status(checks, statuses, "firstMessageStatus", first);
        }
        return new SourceDoc(
                businessNumber(in.businessNumber()),
                fieldMap(in.fieldMap()),
                statusMap(in.statusMap()),
                page(in.redirectUrl()),
                origins(in.origins()),
                honeypot == null ? SourceDoc.USUAL_HONEYPOT : honeypot,
                first,
                Boolean.TRUE.equals(in.probableMatch()));
    }

    private @Nullable String businessNumber(@Nullable String raw) {
        String text = checks.text("businessNumber", raw, 60);
        if (text == null) {
            return null;
        }
        var phone = PhoneNumbers.fromPerson(text, workspace.defaultCountry());
        if (phone == null) {
            checks.error("businessNumber", "is no phone number; write it as +628111000111");
            return null;
        }
        return phone.e164();
    }

    private Map<String, String> fieldMap(@Nullable Map<String, String> given) {
        var map = new TreeMap<String, String>();
        if (given == null) {
            return map;
        }
        if (given.size() > MOST_FIELDS) {
            checks.error("fieldMap", "must have at most " + MOST_FIELDS + " members");
        }
        given.forEach((ours, theirs) -> {
            String path = checks.required("fieldMap." + ours, theirs, 500);
            if (!LeadFields.ALL.contains(ours)) {
                checks.error("fieldMap." + ours, "is no field of a lead; there are: " + known());
            } else if (!path.isEmpty()) {
                map.put(ours, path);
            }
        });
        return map;
    }

    private static String known() {
        return String.join(", ", LeadFields.ALL.stream().sorted().toList());
    }

    private Map<String, String> statusMap(@Nullable Map<String, String> given) {
        var map = new TreeMap<String, String>();
        if (given == null) {
            return map;
        }
        if (given.size() > MOST_STATUSES) {
            checks.error("statusMap", "must have at most " + MOST_STATUSES + " members");
        }
        given.forEach((theirs, ours) -> {
            String status = checks.required("statusMap." + theirs, ours, 40);
            if (theirs.isBlank() || theirs.length() > 200) {
                checks.error("statusMap", "a word must have 1 to 200 characters");
            } else if (!status.isEmpty()) {
                map.put(
                        theirs.strip().toLowerCase(Locale.ROOT),
                        LeadReader.status(checks, statuses, "statusMap." + theirs, status));
            }
        });
        return map;
    }

    private @Nullable String page(@Nullable String url) {
        String text = checks.text("redirectUrl", url, 2_000);
        if (text != null && web(text) == null) {
            checks.error("redirectUrl", "is no web address such as https://shop.example/terima-kasih");
        }
        return text;
    }

    private List<String> origins(@Nullable List<String> given) {
        var origins = new ArrayList<String>();
        if (given == null) {
            return origins;
        }
        if (given.size() > MOST_ORIGINS) {
            checks.error("origins", "must have at most " + MOST_ORIGINS + " members");
        }
        for (int i = 0; i < given.size(); i++) {
            String text = checks.required("origins[" + i + "]", given.get(i), 300);
            URI uri = web(text);
            if (uri == null || uri.getPath() != null && uri.getPath().length() > 1) {
                checks.error("origins[" + i + "]", "is no origin such as https://shop.example");
            } else {
                String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
                origins.add((uri.getScheme() + "://" + uri.getHost() + port).toLowerCase(Locale.ROOT));
            }
        }
        return origins;
    }

    private static @Nullable URI web(String text) {
        try {
            URI uri = URI.create(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return web && uri.getHost() != null ? uri : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private SourceKeys keys(Kind kind, SourceKeys given, boolean isNew) {
        SourceForm form = kind.form();
        String secret = own(form, "secret", given.secret());
        String verify = own(form, "verifyToken", given.verifyToken());
        String access = own(form, "accessToken", given.accessToken());
        if (verify == null && isNew && asks(form, "verifyToken")) {
            verify = sources.newToken();
        }
        return new SourceKeys(secret, verify, access);
    }

    private @Nullable String own(SourceForm form, String name, @Nullable String value) {
        String text = checks.text(name, value, 4_000);
        if (text != null && !asks(form, name)) {
            checks.error(name, "has no use in this kind of source");
            return null;
        }
        return text;
    }

    private static boolean asks(SourceForm form, String name) {
        return form.fields().stream().anyMatch(f -> f.name().equals(name));
    }

    private void required(SourceForm form, SourceDoc doc, SourceKeys keys) {
        for (SourceForm.Field f : form.fields()) {
            boolean missing = switch (f.name()) {
                case "secret" -> keys.secret() == null;
                case "verifyToken" -> keys.verifyToken() == null;
                case "accessToken" -> keys.accessToken() == null;
                case "businessNumber" -> doc.businessNumber() == null;
                case "redirectUrl" -> doc.redirectUrl() == null;
                case "statusMap" -> doc.statusMap().isEmpty();
                case "fieldMap" -> doc.fieldMap().isEmpty();
                default -> false;
            };
            if (f.required() && missing) {
                checks.error(f.name(), "is missing: " + f.help());
            }
        }
    }
}
