package kembali.api;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kembali.delivery.courier.AddressGuard;
import kembali.delivery.courier.ProxyAddress;
import kembali.http.Checks;
import kembali.lead.Pipelines;
import kembali.pixel.Pixel;
import kembali.pixel.PixelDoc;
import kembali.pixel.Pixels;
import kembali.platform.EventCatalog;
import kembali.platform.Platform;
import kembali.platform.Platforms;
import kembali.platform.SettingsForm;
import kembali.support.FieldError;
import kembali.support.Refusal;
import org.jspecify.annotations.Nullable;

/** Checks a {@link PixelInput} and makes a pixel of it. */
final class PixelReader {
    private static final List<String> STRATEGIES = List.of("inherit", "strict", "send_all");
    private static final int LONGEST_SECRET = 10_000;
    private static final int LONGEST_TEXT = 2_000;
    private static final int LONGEST_TEMPLATE = 8_192;
    private static final Pattern HOST =
            Pattern.compile("^https?://(?:[^/?#@]*@)?(\\[[^\\]]*\\]|[^/?#:]*)", Pattern.CASE_INSENSITIVE);

    private final Platforms platforms;
    private final Pixels pixels;
    private final Pipelines pipelines;
    private final AddressGuard guard;
    private final Links links;

    /** The links there are. */
    @FunctionalInterface
    interface Links {
        /** Whether that is a rotator or campaign of the workspace. */
        boolean has(int workspaceId, String id);
    }

    PixelReader(Platforms platforms, Pixels pixels, Pipelines pipelines, AddressGuard guard, Links links) {
        this.links = links;
        this.pipelines = pipelines;
        this.guard = guard;
        this.platforms = platforms;
        this.pixels = pixels;
    }

    /**
     * @param before the stored pixel that is being changed; null for a new one
     * @throws kembali.support.Refusal naming every wrong field
     */
    Pixel read(int workspaceId, PixelInput in, @Nullable Pixel before) {
        var checks = new Checks();
        Platform platform = platform(in, before, checks);
        String name = checks.required("name", in.name(), 200);
        if (platform == null) {
            checks.done();
            throw new IllegalStateException("unreachable: a missing platform was refused");
        }
        Map<String, Object> settings = settings(platform.form(), in.settings(), checks);
        Map<String, String> credentials = credentials(in.credentials(), before, checks);
        checks.addAll(complaints(platform, settings, credentials, in.credentials(), before));
        var doc = new PixelDoc(
                settings,
                campaigns(workspaceId, in.campaigns(), before, checks),
                Boolean.TRUE.equals(in.campaignsRequired()),
                mapping(platform, pipelines.words(workspaceId), in.mapping(), checks),
                checks.word("strategy", in.strategy(), STRATEGIES, "inherit"));
        String proxy = proxy(in.proxy(), before, checks);
        checks.done();
        return pixels.draft(
                workspaceId,
                before == null ? pixels.newId() : before.id(),
                platform,
                name,
                in.enabled() == null || in.enabled(),
                doc,
                credentials,
                proxy,
                before);
    }

    /** Ids of links, each once. One that was deleted since it was entered may stay. */
    private List<String> campaigns(
            int workspaceId, @Nullable List<String> given, @Nullable Pixel before, Checks checks) {
        var ids = new LinkedHashSet<String>();
        for (int i = 0; given != null && i < given.size(); i++) {
            String field = "campaigns[" + i + "]";
            String id = checks.required(field, given.get(i), 40);
            boolean known = before != null && before.doc().campaigns().contains(id);
            if (!id.isEmpty() && !known && !links.has(workspaceId, id)) {
                checks.error(
                        field,
                        "\"" + id + "\" is no campaign (cp_…) and no rotator (rt_…) of this workspace; leave the list"
                                + " empty for all traffic");
            }
            ids.add(id);
        }
        return List.copyOf(ids);
    }

    private @Nullable Platform platform(PixelInput in, @Nullable Pixel before, Checks checks) {
        if (before != null) {
            if (in.platform() != null && !in.platform().equals(before.platform().key())) {
                checks.error("platform", "cannot be changed; make a new pixel for another platform");
            }
            return before.platform();
        }
        String key = checks.required("platform", in.platform(), 32);
        Platform p = platforms.find(key).orElse(null);
        if (p == null && !key.isEmpty()) {
            checks.error(
                    "platform",
                    "is none of: "
                            + platforms.list().stream().map(Platform::key).collect(Collectors.joining(", ")));
        }
        return p;
    }

    /**
     * What is wrong, but for a missing or wrong credential that stood before and that nobody speaks of now: a copy without
     * secrets is completed step by step.
     */
    private static List<FieldError> complaints(
            Platform platform,
            Map<String, Object> settings,
            Map<String, String> credentials,
            @Nullable Map<String, @Nullable String> said,
            @Nullable Pixel before) {
        List<FieldError> errors = platform.check(settings, credentials);
        if (before == null || said != null) {
            return errors;
        }
        List<FieldError> stood = platform.check(before.doc().settings(), before.credentials());
        return errors.stream()
                .filter(e -> !e.field().startsWith("credentials.") || !stood.contains(e))
                .toList();
    }

    private Map<String, Object> settings(
            SettingsForm form, @Nullable Map<String, @Nullable Object> given, Checks checks) {
        var settings = new LinkedHashMap<String, Object>();
        if (given != null) {
            given.forEach((name, value) -> {
                if (value instanceof String s) {
                    String kind = form.settings().stream()
                            .filter(f -> f.name().equals(name))
                            .map(SettingsForm.Field::kind)
                            .findFirst()
                            .orElse("text");
                    boolean template = kind.equals("template") || kind.equals("url");
                    String text = checks.text("settings." + name, s, template ? LONGEST_TEMPLATE : LONGEST_TEXT);
                    if (text != null) {
                        settings.put(name, text);
                    }
                    if (text != null && kind.equals("url")) {
                        checkAddress("settings." + name, text, checks);
                    }
                } else if (value != null) {
                    settings.put(name, value);
                }
            });
        }
        return settings;
    }

    /** A name proves nothing and is judged when it is used; an address that is written out is judged at once. */
    private void checkAddress(String field, String url, Checks checks) {
        Matcher host = HOST.matcher(url);
        String complaint = host.find() ? guard.complaintOfLiteral(host.group(1).replaceAll("[\\[\\]]", "")) : null;
        if (complaint != null) {
            checks.error(
                    field,
                    host.group(1) + " " + complaint
                            + "; use a public address, or let the operator allow this one with"
                            + " KEMBALI_ALLOW_PRIVATE_ADDRESSES");
        }
    }

    /** A credential not said stays as it is; one said as null or empty is removed. */
    private static Map<String, String> credentials(
            @Nullable Map<String, @Nullable String> given, @Nullable Pixel before, Checks checks) {
        var credentials = new LinkedHashMap<String, String>(before == null ? Map.of() : before.credentials());
        if (given != null) {
            given.forEach((name, value) -> {
                if (value == null || value.isBlank()) {
                    credentials.remove(name);
                } else if (value.length() > LONGEST_SECRET) {
                    checks.error("credentials." + name, "must have at most " + LONGEST_SECRET + " characters");
                } else {
                    credentials.put(name, value.strip());
                }
            });
        }
        return credentials;
    }

    private @Nullable String proxy(@Nullable String given, @Nullable Pixel before, Checks checks) {
        if (given == null || given.isBlank()) {
            return null;
        }
        if (before != null
                && before.proxy() != null
                && ProxyAddress.parse(before.proxy()).toString().equals(given)) {
            // The form sent back what it was shown, without the password.
            return before.proxy();
        }
        try {
            ProxyAddress address = ProxyAddress.parse(given.strip());
            String complaint = guard.complaintOfLiteral(address.host());
            if (complaint != null) {
                checks.error(
                        "proxy",
                        address.host() + " " + complaint
                                + "; name a proxy with a public address, or let the operator allow this one with"
                                + " KEMBALI_ALLOW_PRIVATE_ADDRESSES");
                return null;
            }
            return given.strip();
        } catch (Refusal e) {
            checks.addAll(e.errors());
            return null;
        }
    }

    static Map<String, @Nullable Map<String, @Nullable String>> mapping(
            Platform platform,
            List<String> statuses,
            @Nullable Map<String, @Nullable Map<String, @Nullable String>> given,
            Checks checks) {
        var mapping = new LinkedHashMap<String, @Nullable Map<String, @Nullable String>>();
        if (given == null) {
            return mapping;
        }
        List<String> columns = platform.catalog().columns().stream()
                .map(EventCatalog.Column::key)
                .toList();
        given.forEach((status, events) -> {
            if (!statuses.contains(status)) {
                checks.error("mapping." + status, "is no status; there are: " + String.join(", ", statuses));
            } else if (events == null) {
                mapping.put(status, null);
            } else {
                events.forEach((column, event) -> {
                    String field = "mapping." + status + "." + column;
                    if (!columns.contains(column)) {
                        checks.error(field, "is no column of this platform; it has: " + String.join(", ", columns));
                    } else if (event != null) {
                        String complaint = platform.eventNameComplaint(column, event);
                        if (complaint != null) {
                            checks.error(field, complaint);
                        }
                    }
                });
                mapping.put(status, new LinkedHashMap<>(events));
            }
        });
        return mapping;
    }
}
