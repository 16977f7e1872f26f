package kembali.capture.campaign;

import java.time.Instant;
import java.util.Locale;
import kembali.campaign.LinkValues;
import kembali.campaign.MacroValues;
import kembali.identity.WebContext;
import org.jspecify.annotations.Nullable;

/**
 * What the macros of a destination become for one click.
 *
 * @param subid null for a machine, which makes no click
 * @param code the visitor's; null for a machine
 * @param host the host that answered
 */
record ClickMacros(
        Campaign campaign,
        LinkValues link,
        WebContext web,
        @Nullable String language,
        @Nullable String subid,
        @Nullable String code,
        @Nullable String host,
        Instant at)
        implements MacroValues {
    @Override
    public @Nullable String value(String name, @Nullable String argument) {
        return switch (name) {
            case "subid" -> subid;
            case "visitor_code" -> code;
            case "campaign_name" -> campaign.name();
            case "current_domain" -> host;
            case "ip" -> web.ip();
            case "is_bot" -> subid == null ? "1" : "0";
            case "city" -> orSaid(name, web.place() == null ? null : web.place().city());
            case "language" -> orSaid(name, language == null ? null : primary(language));
            case "browser" -> orSaid(name, device().browser());
            case "browser_version" -> orSaid(name, device().browserVersion());
            case "os_version" -> orSaid(name, device().osVersion());
            case "device_model" -> orSaid(name, device().model());
            case "device_type" -> orSaid(name, device().type());
            default -> said(name);
        };
    }

    /** What the link itself says goes before what we find out. */
    private @Nullable String orSaid(String name, @Nullable String found) {
        String said = link.keys().get(name);
        return said == null ? found : said;
    }

    private @Nullable String said(String name) {
        String slot = link.slot(name);
        if (slot != null) {
            return slot;
        }
        String key = link.keys().get(name);
        if (key != null) {
            return key;
        }
        for (var id : link.clickIds().entrySet()) {
            if (id.getKey().toLowerCase(Locale.ROOT).equals(name)) {
                return id.getValue();
            }
        }
        return null;
    }

    private Device device() {
        return Device.of(web.userAgent());
    }

    /** {@code id} of {@code id-ID}. */
    private static String primary(String language) {
        int dash = language.indexOf('-');
        return (dash < 0 ? language : language.substring(0, dash)).toLowerCase(Locale.ROOT);
    }
}
