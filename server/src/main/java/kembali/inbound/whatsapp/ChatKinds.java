package kembali.inbound.whatsapp;

import java.util.List;
import kembali.inbound.Kind;

/** The list of providers through which WhatsApp chats reach us. */
public final class ChatKinds {
    private ChatKinds() {}

    /** One of each, in the order a dashboard shows them. */
    public static List<Kind> all() {
        return List.of(
                new WhatsAppKind(),
                new Dialog360Kind(),
                new TwilioKind(),
                new QiscusKind(),
                new QontakKind(),
                new WatiKind(),
                new FonnteKind(),
                new WablasKind(),
                new ChatwootKind(),
                new KommoKind());
    }
}
