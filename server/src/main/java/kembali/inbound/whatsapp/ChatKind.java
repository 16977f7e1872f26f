package kembali.inbound.whatsapp;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import kembali.inbound.Authenticity;
import kembali.inbound.Fact;
import kembali.inbound.JsonTree;
import kembali.inbound.Kind;
import kembali.inbound.RawRequest;
import kembali.inbound.Reading;
import kembali.inbound.SourceForm;
import kembali.inbound.SourceKeys;
import kembali.inbound.SourceSettings;
import org.jspecify.annotations.Nullable;

/** What the providers of WhatsApp chats share: a name, a form, and a body of JSON or fields. */
abstract class ChatKind implements Kind {
    static final String NOT_JSON = "The body is not JSON.";

    static final String GROUP_MESSAGE = "A message in a group; groups are not read.";
    static final String REACTION = "A reaction to a message, not a message.";
    static final String RECEIPT = "No message in it, such as a delivery receipt.";

    private static final Pattern GROUP = Pattern.compile(".*@g\\.us|\\d{8,20}-\\d{8,12}(@.*)?");

    private final String key;
    private final String title;
    private final SourceForm form;

    ChatKind(String key, String title, SourceForm form) {
        this.key = key;
        this.title = title;
        this.form = form;
    }

    @Override
    public final String key() {
        return key;
    }

    @Override
    public final String title() {
        return title;
    }

    @Override
    public final SourceForm form() {
        return form;
    }

    /** Most of these providers sign nothing: the address's token vouches for them. */
    @Override
    public Authenticity check(RawRequest request, SourceKeys keys, Instant now) {
        return new Authenticity.Unsigned();
    }

    final ChatDraft draft(SourceSettings settings, Instant receivedAt) {
        return new ChatDraft(key, settings, receivedAt);
    }

    /** The body as JSON; of a form its fields, since some providers let the user choose. */
    static JsonTree body(RawRequest request) {
        return request.mediaType().equals("application/x-www-form-urlencoded")
                ? BracketForm.of(request).tree()
                : JsonTree.parse(request.body());
    }

    /** A reading of these facts, with the reason of the first one that was left out. */
    static Reading reading(List<Fact> facts, String whenEmpty) {
        return facts.isEmpty() ? Reading.nothing(whenEmpty) : new Reading(facts, firstReason(facts), true);
    }

    private static @Nullable String firstReason(List<Fact> facts) {
        for (Fact fact : facts) {
            if (fact instanceof Fact.Ignored ignored) {
                return ignored.reason();
            }
        }
        return null;
    }

    /** Whether that is a group's address: {@code 1203…@g.us}, or of old {@code 6281…-1490…}. */
    static boolean isGroup(@Nullable String address) {
        return address != null && GROUP.matcher(address).matches();
    }

    /** A reading of this one. */
    static Reading reading(Fact fact) {
        return reading(List.of(fact), "");
    }

    /** A reading of what is looked at and left. */
    static Reading ignored(String reason) {
        return reading(new Fact.Ignored(reason));
    }
}
