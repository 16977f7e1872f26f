package kembali.capture.rotator.page;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import kembali.capture.rotator.form.FormEntry.Fault;
import kembali.capture.rotator.form.Meaning;

/** What our pages say, in the languages they speak. */
public enum Words {
    ID("id", Locale.of("id", "ID"), "EEEE, d MMMM, 'pukul' HH.mm z"),
    EN("en", Locale.ENGLISH, "EEEE, d MMMM, HH:mm z");

    private final String language;
    private final Locale locale;
    private final DateTimeFormatter moment;

    Words(String language, Locale locale, String moment) {
        this.language = language;
        this.locale = locale;
        this.moment = DateTimeFormatter.ofPattern(moment, locale);
    }

    /** Indonesian for {@code id}, English for anything else. */
    public static Words in(String language) {
        return language.equals("id") ? ID : EN;
    }

    String language() {
        return language;
    }

    Locale locale() {
        return locale;
    }

    private String say(String indonesian, String english) {
        return this == ID ? indonesian : english;
    }

    String moment(ZonedDateTime at) {
        return moment.format(at);
    }

    String chatOnWhatsApp() {
        return say("Chat lewat WhatsApp", "Chat on WhatsApp");
    }

    String openWhatsApp() {
        return say("Buka WhatsApp", "Open WhatsApp");
    }

    String yourMessage() {
        return say("Pesan Anda:", "Your message:");
    }

    String otherWay() {
        return say("WhatsApp tidak terbuka? Coba lewat tautan ini.", "WhatsApp does not open? Try this link.");
    }

    String formTitle() {
        return say("Sebelum chat dimulai", "Before we chat");
    }

    String send() {
        return say("Lanjut ke WhatsApp", "Continue to WhatsApp");
    }

    String optional() {
        return say("(opsional)", "(optional)");
    }

    String choose() {
        return say("Pilih …", "Choose …");
    }

    String leaveEmpty() {
        return say("Biarkan kosong", "Leave this empty");
    }

    String errorBeforeTitle() {
        return say("Perlu diperbaiki: ", "Error: ");
    }

    String errors(int n) {
        return say(
                n == 1 ? "Satu hal perlu diperbaiki" : n + " hal perlu diperbaiki",
                n == 1 ? "There is a problem" : "There are " + n + " problems");
    }

    String tooOften() {
        return say(
                "Formulir ini dikirim terlalu sering. Tunggu sebentar, lalu coba lagi.",
                "This form was sent too often. Wait a minute, then try again.");
    }

    String consent() {
        return say("Persetujuan", "Consent");
    }

    String label(Meaning meaning) {
        return switch (meaning) {
            case NAME -> say("Nama", "Name");
            case FIRST_NAME -> say("Nama depan", "First name");
            case LAST_NAME -> say("Nama belakang", "Last name");
            case EMAIL -> say("E-mail", "E-mail");
            case PHONE -> say("Nomor WhatsApp", "WhatsApp number");
            case CITY -> say("Kota", "City");
            case OWN -> "";
        };
    }

    String fault(Fault fault) {
        return switch (fault) {
            case MISSING -> say("Wajib diisi.", "This is needed.");
            case TOO_LONG -> say("Terlalu panjang.", "This is too long.");
            case NO_EMAIL ->
                say(
                        "Tulis alamat e-mail seperti nama@contoh.co.id.",
                        "Write an e-mail address such as name@example.com.");
            case NO_PHONE ->
                say("Tulis nomor telepon seperti 0812-3456-7890.", "Write a phone number such as +62 812-3456-7890.");
            case NOT_OFFERED -> say("Pilih salah satu dari daftar.", "Choose one from the list.");
            case CONSENT_MISSING -> say("Centang untuk melanjutkan.", "Tick this to go on.");
        };
    }

    String nobodyTitle() {
        return say("Belum ada yang bertugas", "Nobody is available");
    }

    String nobody() {
        return say(
                "Saat ini belum ada yang bisa menjawab chat Anda. Silakan coba lagi nanti.",
                "Nobody can take your chat at the moment. Please try again later.");
    }

    String keptDetails() {
        return say("Data Anda sudah kami terima.", "We have received your details.");
    }

    String nextOpening(ZonedDateTime at) {
        return say("Kami kembali " + moment(at) + ".", "We are back on " + moment(at) + ".");
    }

    String hours() {
        return say("Jam buka", "Opening hours");
    }

    String closed() {
        return say("tutup", "closed");
    }

    String wholeDay() {
        return say("24 jam", "24 hours");
    }
}
