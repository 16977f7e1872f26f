package kembali.inbound.whatsapp;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import kembali.inbound.JsonTree;
import kembali.lead.ChatMessage.Referral;
import org.jspecify.annotations.Nullable;

/** Reads the ad a chat began with, in Meta's names and in those of providers who renamed them. */
final class AdReferral {
    /** How providers spell {@code ctwa_clid}; Qiscus and Qontak do not document where they put it. */
    private static final Set<String> CLICK_IDS = Set.of("ctwa_clid", "ctwaClid", "ReferralCtwaClid", "ctwa");

    /** What people write; JSON in it is theirs, not the provider's. */
    private static final Set<String> WRITTEN_BY_PEOPLE =
            Set.of("text", "body", "caption", "content", "message", "title", "description", "name", "subject");

    private static final Pattern CLICK_ID = Pattern.compile("[\\x21-\\x7e]{1,1024}");

    /** An ad template's place holder nobody filled. */
    private static final Pattern MACRO = Pattern.compile("\\{\\{[^{}]*}}|\\{[^{}]*}|__[A-Z0-9_]+__");

    private static final Pattern WORD = Pattern.compile("[A-Za-z_]{1,40}");

    private AdReferral() {}

    /** The ad told by this object; null when it names neither click nor ad nor its address. */
    static @Nullable Referral read(JsonTree ad) {
        String clickId = clickId(ad);
        String sourceId = Clip.id(text(ad, "source_id"));
        String sourceUrl = Clip.url(text(ad, "source_url"));
        if (clickId == null && sourceId == null && sourceUrl == null) {
            return null;
        }
        String type = text(ad, "source_type"); // Wati's is an undocumented number
        String media = ad.text("media_type", "mediaType", "ReferralMediaContentType");
        return new Referral(
                clickId,
                sourceId,
                type == null || !WORD.matcher(type).matches() ? null : type.toLowerCase(Locale.ROOT),
                sourceUrl,
                Clip.words(text(ad, "headline")),
                Clip.words(text(ad, "body")),
                media == null ? null : Clip.id(media.toLowerCase(Locale.ROOT).replaceFirst("/.*", "")),
                Clip.url(firstText(ad, "image_url", "video_url", "media_url", "thumbnail_url")),
                Clip.words(ad.at("welcome_message", "text").text()));
    }

    /** The ad that an object with a click id tells, wherever below it stands; null when there is none. */
    static @Nullable Referral search(JsonTree body) {
        JsonTree holder = body.holderOf(CLICK_IDS, WRITTEN_BY_PEOPLE);
        return holder.isThere() && clickId(holder) != null ? read(holder) : null;
    }

    /** The first of the places that tells an ad, else the first click id anywhere in {@code everything}. */
    static @Nullable Referral find(JsonTree everything, JsonTree... places) {
        for (JsonTree place : places) {
            Referral referral = read(place);
            if (referral != null) {
                return referral;
            }
        }
        return search(everything);
    }

    private static @Nullable String clickId(JsonTree ad) {
        String id = ad.text("ctwa_clid", "ctwaClid", "ReferralCtwaClid", "ctwa");
        return id != null
                        && CLICK_ID.matcher(id).matches()
                        && !MACRO.matcher(id).matches()
                ? id
                : null;
    }

    private static @Nullable String firstText(JsonTree ad, String... names) {
        for (String name : names) {
            String text = text(ad, name);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    /** {@code source_id} as Meta writes it, {@code sourceId}, and Twilio's {@code ReferralSourceId}. */
    private static @Nullable String text(JsonTree ad, String name) {
        StringBuilder capitals = new StringBuilder();
        for (String word : name.split("_")) {
            capitals.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        String camel = Character.toLowerCase(capitals.charAt(0)) + capitals.substring(1);
        return ad.text(name, camel, "Referral" + capitals);
    }
}
