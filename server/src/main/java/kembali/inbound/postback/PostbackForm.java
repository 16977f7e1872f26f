package kembali.inbound.postback;

import java.util.List;
import kembali.inbound.Source;
import kembali.inbound.SourceForm;

/** What a source of postbacks asks for; the dashboard draws its form from this. */
public final class PostbackForm {
    public static final String KEY = Source.POSTBACK;
    public static final String TITLE = "Postback";

    private PostbackForm() {}

    public static final SourceForm FORM = new SourceForm(
            List.of(
                    optional(
                            "template",
                            "Taken over from",
                            "native for a new set-up; keitaro for an address saved for a tracker that books a sale when"
                                    + " there is no status"),
                    optional("label", "Network", "what the network is called in its own requests, from="),
                    optional("macros", "Macros", "the network's macro for each parameter of the address"),
                    optional(
                            "statusMap",
                            "Status words",
                            "the network's word to lead, registration, deposit, sale, rebill, hold, rejected, trash,"
                                    + " refund, chargeback, a status of your pipeline, or ignore"),
                    optional(
                            "fieldMap",
                            "Fields",
                            "our field to the network's parameter, or the path of a member of its JSON such as"
                                    + " data.purchase.transaction"),
                    optional("defaultCurrency", "Currency", "of amounts that name none"),
                    optional("decimalMark", "Decimal mark", "what 1,234 means: . makes it 1234, a comma 1.234"),
                    optional("sumPair", "Add pairs", "whether 12.5,3.00 is 15.50; otherwise the first counts"),
                    optional("defaultStatus", "Status when missing", "leave empty: a missing status is no sale"),
                    optional(
                            "duplicatePolicy",
                            "When it repeats",
                            "update takes the new amount, ignore nothing, new_row makes one more for a new transaction,"
                                    + " add_amount adds"),
                    optional("allowedIps", "Addresses", "it must come from: 203.0.113.0/24; empty for all"),
                    optional("secret", "Secret", "at least 16 characters; requests must then be signed"),
                    optional(
                            "signatureHeader",
                            "Signature header",
                            "such as X-Signature; empty for the parameters sig and ts"),
                    optional("timezone", "Time zone", "of times without an offset"),
                    optional("matchContact", "Match by contact", "a postback without any id, by e-mail or phone"),
                    optional("reportRejected", "Report rejections", "to platforms; teaches them the wrong people"),
                    optional("forwardNothing", "Drill", "record everything, send nothing on"),
                    optional("quarantine", "Quarantine", "the same, for a source you doubt"),
                    optional("strict", "Strict", "answer 422 for what could not be used"),
                    optional("ratePerSecond", "Rate", "requests a second; five times as many at once")),
            List.of(
                    "Copy the address {url} into the network's postback form, with the network's macros in the braces'"
                            + " place.",
                    "Put {subid} into the offer's link, under the parameter the network keeps.",
                    "Send a test from the network, and look at the received postbacks.",
                    "Give a meaning to every word that waits for one; what came with it is run again."),
            List.of("Whoever knows the address can report sales. Give it a list of addresses or a secret where the"
                    + " network allows it."));

    private static SourceForm.Field optional(String name, String label, String help) {
        return new SourceForm.Field(name, label, help, false);
    }
}
