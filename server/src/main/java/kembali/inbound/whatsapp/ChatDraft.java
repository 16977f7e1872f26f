package kembali.inbound.whatsapp;

import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;
import kembali.identity.PhoneNumbers;
import kembali.identity.Sha256;
import kembali.inbound.Fact;
import kembali.inbound.ProviderTime;
import kembali.inbound.SourceSettings;
import kembali.lead.ChatMessage;
import kembali.lead.ChatMessage.Direction;
import org.jspecify.annotations.Nullable;

/** A message while it is put together from a provider's fields; each may be missing. */
final class ChatDraft {
    /** {@code ID.1349…}, and {@code ID.ENT.1349…} of a family of businesses. */
    private static final Pattern BSUID = Pattern.compile("[A-Z]{2}\\.(ENT\\.)?[A-Za-z0-9]{1,128}");

    private static final Pattern HIDDEN_OR_JID = Pattern.compile(".*@(lid|hosted\\.lid|s\\.whatsapp\\.net|c\\.us)");

    private final String provider;
    private final SourceSettings settings;
    private final Instant receivedAt;

    private @Nullable String id;
    private @Nullable String said;
    private Direction direction = Direction.IN;
    private @Nullable String customer;
    private @Nullable String bsuid;
    private @Nullable String username;
    private @Nullable String name;
    private @Nullable String businessPhone;
    private @Nullable String phoneNumberId;
    private @Nullable String wabaId;
    private @Nullable String channelId;
    private String type = MessageType.TEXT;
    private @Nullable String text;
    private ChatMessage.@Nullable Referral referral;

    ChatDraft(String provider, SourceSettings settings, Instant receivedAt) {
        this.provider = provider;
        this.settings = settings;
        this.receivedAt = receivedAt;
    }

    /** The provider's id of the message. */
    ChatDraft id(@Nullable String value) {
        id = Clip.id(value);
        return this;
    }

    /** The provider's second id, for when it did not say the first. */
    ChatDraft orId(@Nullable String value) {
        return id == null ? id(value) : this;
    }

    /** The time as the provider wrote it. */
    ChatDraft at(@Nullable String value) {
        said = value;
        return this;
    }

    ChatDraft out() {
        direction = Direction.OUT;
        return this;
    }

    /** The customer's number as WhatsApp writes it, or their business-scoped user id where a provider puts it there. */
    ChatDraft customer(@Nullable String value) {
        if (value != null && isBsuid(withoutScheme(value))) {
            return bsuid(withoutScheme(value));
        }
        customer = value == null ? customer : value;
        return this;
    }

    ChatDraft bsuid(@Nullable String value) {
        bsuid = value != null && isBsuid(value) ? value : bsuid;
        return this;
    }

    ChatDraft username(@Nullable String value) {
        username = value == null ? null : Clip.name(value.startsWith("@") ? value.substring(1) : value);
        return this;
    }

    /** The profile's name; an address of WhatsApp in its place is none. */
    ChatDraft name(@Nullable String value) {
        name = value == null || HIDDEN_OR_JID.matcher(value).matches() ? null : Clip.name(value);
        return this;
    }

    ChatDraft businessPhone(@Nullable String value) {
        businessPhone = value;
        return this;
    }

    ChatDraft phoneNumberId(@Nullable String value) {
        phoneNumberId = Clip.id(value);
        return this;
    }

    ChatDraft wabaId(@Nullable String value) {
        wabaId = Clip.id(value);
        return this;
    }

    ChatDraft channelId(@Nullable String value) {
        channelId = Clip.id(value);
        return this;
    }

    /** One of the words of {@link ChatMessage}. */
    ChatDraft type(String value) {
        type = value;
        return this;
    }

    ChatDraft text(@Nullable String value) {
        text = Clip.message(value);
        return this;
    }

    ChatDraft referral(ChatMessage.@Nullable Referral value) {
        referral = value;
        return this;
    }

    /** The message, or why it is none: nobody to attribute it to. */
    Fact fact() {
        String phone = e164(customer);
        String ours = e164(businessPhone);
        if (ours == null) {
            ours = e164(settings.businessNumber());
        }
        if (phone == null && bsuid == null) {
            return new Fact.Ignored(
                    customer == null
                            ? "The message names neither a phone number nor a user id of the customer."
                            : "The customer's address is no phone number: a group, a channel or a hidden number.");
        }
        if (phone != null && phone.equals(ours)) {
            return new Fact.Ignored("The message comes from the business's own number.");
        }
        Instant at = ProviderTime.read(said, receivedAt, settings.defaultCountry());
        var business = new ChatMessage.Business(ours, phoneNumberId, wabaId, channelId);
        return new Fact.Message(new ChatMessage(
                provider,
                id == null ? fallbackId(phone) : id,
                at,
                direction,
                new ChatMessage.Customer(phone, bsuid, username, name),
                business,
                type,
                text,
                referral));
    }

    /** The same message has the same one; without a time of the provider's, repetitions of it have not. */
    private String fallbackId(@Nullable String phone) {
        String sender = phone == null ? Objects.requireNonNullElse(bsuid, "") : phone;
        String time = said == null ? receivedAt.toString() : said;
        String words = text == null ? "" : text;
        return "hash:"
                + Sha256.hex(String.join("\n", direction.name(), sender, time, type, words))
                        .substring(0, 40);
    }

    private static @Nullable String e164(@Nullable String raw) {
        PhoneNumbers.Phone phone = raw == null ? null : PhoneNumbers.fromWhatsApp(raw);
        return phone == null ? null : phone.e164();
    }

    /** Whether that names a person to one business: {@code ID.1349…}. */
    static boolean isBsuid(String value) {
        return BSUID.matcher(value).matches();
    }

    private static String withoutScheme(String value) {
        return value.startsWith("whatsapp:") ? value.substring("whatsapp:".length()) : value;
    }
}
