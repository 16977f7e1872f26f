package kembali.demo.sample;

import java.util.ArrayList;
import java.util.List;

/** Who writes on WhatsApp, and what. */
final class Messages {
    private static final int STRANGERS = 12;
    private static final int AD_CHATS = 16;
    private static final int FORWARDED = 3;

    private Messages() {}

    /** The draft the rotator made, sent as it is; sometimes a second message without a code after it. */
    static List<Message> toAgentOfRotator(int no) {
        var messages = new ArrayList<Message>();
        messages.add(new Message(
                id(no, 0),
                "Halo kak, saya mau tanya batiknya ya 🙏 [" + Message.CODE + "]",
                no,
                null,
                null,
                times(no),
                0));
        if (no % 7 == 3) {
            messages.add(new Message(id(no, 1), "Kalau ambil selusin dapat potongan?", null, null, null, 1, 0));
        }
        return messages;
    }

    /** People whom no link and no form brought. Their first message makes them leads. */
    static List<Story> from(int first, int writer) {
        var stories = new ArrayList<Story>();
        int no = first;
        for (int i = 0; i < AD_CHATS; i++) {
            stories.add(adChat(no++));
        }
        for (int i = 0; i < STRANGERS; i++) {
            var message = new Message(
                    id(no, 0), "Assalamualaikum, tokonya buka sampai jam berapa?", null, null, no % 3, times(no), 0);
            stories.add(wrote(no, message, Afterwards.of(no)));
            no++;
        }
        for (int i = 0; i < FORWARDED; i++) {
            var message = new Message(
                    id(no, 0),
                    "Diterusin dari temen: Halo kak, saya mau tanya batiknya ya [" + Message.CODE + "]",
                    writer,
                    null,
                    i,
                    1,
                    1);
            stories.add(wrote(no, message, List.of()));
            no++;
        }
        return stories;
    }

    /** A tap on an ad of Meta's that opens WhatsApp at once: the first message tells the click. */
    private static Story adChat(int no) {
        int to = no % 2;
        var chat = new Chat(
                "ARA" + Seed.opaque("ctwa", no, 60), Sample.AGENTS.get(to).account());
        var message = new Message(id(no, 0), "Halo! Bisa info harga kemejanya?", null, chat, to, times(no), 0);
        return wrote(no, message, AdChats.steps(no));
    }

    private static Story wrote(int no, Message message, List<Step> steps) {
        return new Story(no, new Beginning.Wrote(), List.of(), List.of(), List.of(message), steps);
    }

    /** Of five messages the provider delivers one a second time. */
    private static int times(int no) {
        return no % 5 == 0 ? 2 : 1;
    }

    private static String id(int no, int which) {
        return "wamid.HBgN" + Seed.opaque("message " + which, no, 24) + no + "x" + which;
    }
}
