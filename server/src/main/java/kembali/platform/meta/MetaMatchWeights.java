package kembali.platform.meta;

import java.util.List;
import kembali.platform.MatchWeight;

/**
 * How much each match key helps. Our judgement: Meta names e-mail, phone, names and address as strong and publishes no
 * figures. Said of website events, since Meta itself scores no others.
 */
final class MetaMatchWeights {
    static final List<MatchWeight> ALL = List.of(
            new MatchWeight("em", 5, "Ask for the e-mail address in the form or the chat and store it on the lead."),
            new MatchWeight(
                    "ph",
                    5,
                    "Store the phone number with its country code on the lead; a lead from WhatsApp has it by itself."),
            new MatchWeight(
                    "fbc",
                    4,
                    "Let the ad lead to a tracked page or link, so that the click id Meta adds (fbclid) is kept."),
            new MatchWeight(
                    "ctwa_clid",
                    4,
                    "Comes only with chats that a click-to-WhatsApp ad began: connect the WhatsApp webhook and pass it on"
                            + " unchanged."),
            new MatchWeight(
                    "lead_id",
                    4,
                    "Comes only with leads of Meta's instant forms: pass the webhook's leadgen_id as metaLeadId."),
            new MatchWeight(
                    "fbp",
                    2,
                    "Put the tracker on the page beside Meta's pixel, so that its browser cookie (_fbp) is read."),
            new MatchWeight(
                    "external_id", 1, "Comes by itself; send your own customer id as externalRef to let more match."),
            new MatchWeight(
                    "client_ip_address",
                    1,
                    "Let visitors come through a tracked page or link; behind a proxy, tell the server which proxies to"
                            + " trust."),
            new MatchWeight(
                    "client_user_agent",
                    1,
                    "Let visitors come through a tracked page or link, or send the browser's User-Agent with the lead."),
            new MatchWeight("fn", 1, "Store the person's name on the lead."),
            new MatchWeight("ln", 1, "Store the person's whole name on the lead, the family name last."),
            new MatchWeight("db", 1, "Store the date of birth on the lead, as yyyy-MM-dd, if you ask for it anyway."),
            new MatchWeight("ct", 1, "Store the city on the lead, for example from the delivery address."),
            new MatchWeight("zp", 1, "Store the postal code on the lead, for example from the delivery address."),
            new MatchWeight("st", 1, "Store the state or province on the lead, for example from the delivery address."),
            new MatchWeight("ge", 1, "Store the gender on the lead, as m or f, if you ask for it anyway."),
            new MatchWeight("country", 1, "Store the country on the lead, as two letters such as ID."));

    private MetaMatchWeights() {}

    /** A chat's event takes e-mail and phone beside its click; a click of a chat and an instant form's lead are not made up. */
    static boolean canBeAdded(String key, boolean messaging) {
        return switch (key) {
            case "em", "ph" -> true;
            case "ctwa_clid", "lead_id" -> false;
            default -> !messaging;
        };
    }
}
