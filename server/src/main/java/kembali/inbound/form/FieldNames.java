package kembali.inbound.form;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import kembali.inbound.LeadFields;
import org.jspecify.annotations.Nullable;

/**
 * What forms call our fields, in English and Indonesian. A name counts by its letters and digits alone:
 * {@code No. HP}, {@code no_hp} and {@code noHp} are one. {@code docs/inbound/forms.md} lists them.
 */
final class FieldNames {
    /** Labels with more words are questions, not names. */
    private static final int MOST_WORDS = 14;

    private static final int LONGEST = 300;

    private static final Map<String, String> FIELDS = fields();

    /** Words around a name in a label: "What is your … ?", "Nomor … yang bisa dihubungi". */
    private static final Set<String> FILLERS =
            words("a an the what whats which is are s your you my me i we us our please kindly"
                    + " enter fill in type write of to can could how should may here best active required optional contact address"
                    + " apa siapa berapa anda kamu kakak kak bapak ibu sdr isi isikan masukkan masukan mohon silakan silahkan tolong"
                    + " ketik tulis tuliskan dengan yang di untuk aktif benar wajib diisi opsional ini itu saya kami bisa dapat"
                    + " dihubungi terhubung kontak alamat lengkap");

    /** A label made of nothing but these asks for a phone number, if one of {@link #PHONES} is among them. */
    private static final Set<String> PHONE_WORDS =
            words("no nomor nomer number numbers dan atau or and wa whatsapp hp phone"
                    + " telepon telpon telp tel mobile cell cellphone handphone ponsel seluler hape");

    private static final Set<String> PHONES =
            words("wa whatsapp hp phone telepon telpon telp tel mobile cellphone handphone ponsel hape");

    /** Taken when nothing better was given. */
    private static final Map<String, String> SECOND_CHOICE = Map.of(
            "workemail", LeadFields.EMAIL,
            "businessemail", LeadFields.EMAIL,
            "emailkantor", LeadFields.EMAIL,
            "emailperusahaan", LeadFields.EMAIL,
            "workphone", LeadFields.PHONE,
            "workphonenumber", LeadFields.PHONE,
            "businessphone", LeadFields.PHONE,
            "teleponkantor", LeadFields.PHONE);

    private FieldNames() {}

    /** Our field of that name or label, or null. Tracking fields also with {@code kmb_} in front. */
    static @Nullable String of(String name) {
        if (name.length() > LONGEST) {
            return null;
        }
        String normal = normal(name);
        String field = FIELDS.get(normal);
        if (field == null && normal.startsWith("kmb")) {
            field = FIELDS.get(normal.substring(3));
        }
        return field != null ? field : FIELDS.get(withoutNumber(normal));
    }

    /** Our field a label asks for in a sentence: {@code What is your e-mail?}; null when it asks for anything else. */
    static @Nullable String asked(String label) {
        List<String> words = significant(label);
        if (!words.isEmpty() && PHONE_WORDS.containsAll(words) && words.stream().anyMatch(PHONES::contains)) {
            return LeadFields.PHONE;
        }
        return FIELDS.get(String.join("", words));
    }

    /** Our field for what is taken only when nothing better was given: the e-mail at work. */
    static @Nullable String secondChoice(String label) {
        return SECOND_CHOICE.get(String.join("", significant(label)));
    }

    private static List<String> significant(String label) {
        List<String> words = label.length() > LONGEST ? List.of() : split(label);
        return words.size() > MOST_WORDS
                ? List.of()
                : words.stream().filter(word -> !FILLERS.contains(word)).toList();
    }

    /** The letters and digits of a name, lower case; of a long one the beginning. */
    static String normal(String name) {
        int length = Math.min(name.length(), LONGEST);
        var out = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            char c = name.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                out.append(c);
            }
        }
        return out.toString().toLowerCase(Locale.ROOT);
    }

    /** {@code tel-123} and {@code email_2} as form builders number their inputs; {@code q4_phoneNumber4} of Jotform too. */
    private static String withoutNumber(String normal) {
        int end = normal.length();
        while (end > 0 && isDigit(normal.charAt(end - 1))) {
            end--;
        }
        int start = 0;
        if (normal.startsWith("q")) {
            int i = 1;
            while (i < end && isDigit(normal.charAt(i))) {
                i++;
            }
            start = i > 1 ? i : 0;
        }
        return normal.substring(start, end);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static List<String> split(String label) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        String lower = label.toLowerCase(Locale.ROOT).replace("e-mail", "email");
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                word.append(c);
            } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    private static Set<String> words(String spaced) {
        return Set.of(spaced.split(" ", -1));
    }

    private static Map<String, String> fields() {
        var all = new HashMap<String, String>();
        for (String field : LeadFields.ALL) {
            // "status" and "value" of another system are seldom ours; value is named below, a status only by the map.
            if (field.indexOf('.') < 0 && !field.equals(LeadFields.STATUS)) {
                all.put(normal(field), field);
            }
        }
        add(all, LeadFields.VISITOR, "visitor visitorcode visitorid kmbv");
        add(all, LeadFields.NAME, "name nama namalengkap fullname yourname namaanda customername contactname");
        add(all, LeadFields.FIRST_NAME, "firstname namadepan namefirst givenname fname");
        add(all, LeadFields.LAST_NAME, "lastname namabelakang namelast surname familyname lname namakeluarga");
        add(all, LeadFields.EMAIL, "email surel youremail mail emailaddress alamatemail emailanda");
        add(
                all,
                LeadFields.PHONE,
                "phone phonenumber nohp hp nomorhp nowa nomorwa nowhatsapp whatsapp wa telepon telp tel notelp mobile"
                        + " handphone yourphone nomorwhatsapp nomortelepon notelepon nomorhandphone nohandphone ponsel"
                        + " nomorponsel mobilenumber mobilephone whatsappnumber wanumber telephone yourtel"
                        + " cellphone");
        add(
                all,
                LeadFields.MESSAGE,
                "message pesan keterangan yourmessage comment comments komentar catatan pertanyaan");
        add(all, LeadFields.CITY, "city kota domisili kotadomisili kotatinggal town yourcity");
        add(all, LeadFields.STATE, "state provinsi province region stateprovince");
        add(all, LeadFields.POSTAL_CODE, "postalcode kodepos zip zipcode postcode");
        add(all, LeadFields.COUNTRY, "country negara countrycode");
        add(all, LeadFields.GENDER, "gender jeniskelamin sex");
        add(all, LeadFields.BIRTH_DATE, "birthdate dateofbirth dob tanggallahir tgllahir birthday");
        add(
                all,
                LeadFields.COMPANY,
                "company companyname perusahaan namaperusahaan organization organisasi yourcompany");
        add(all, LeadFields.TITLE, "title jobtitle jabatan posisi jobposition");
        add(all, LeadFields.VALUE, "value amount total nominal harga");
        add(all, LeadFields.CURRENCY, "currency matauang");
        for (String id : List.of("gclid", "gbraid", "wbraid", "fbclid", "fbc", "fbp", "ttclid", "ttp")) {
            add(all, "click." + id, id);
        }
        add(all, "click.liFatId", "lifatid");
        add(all, "click.metaLeadId", "metaleadid leadgenid");
        add(all, "click.tiktokLeadId", "tiktokleadid");
        add(all, "click.linkedinLeadId", "linkedinleadid");
        add(all, "click.gaClientId", "gaclientid");
        add(all, "click.gaSessionId", "gasessionid");
        for (String word : List.of("source", "medium", "campaign", "term", "content")) {
            add(all, "utm." + word, "utm" + word);
        }
        add(all, "ad.accountId", "adaccountid");
        add(all, "ad.campaignId", "campaignid");
        add(all, "ad.campaignName", "campaignname");
        add(all, "ad.adsetId", "adsetid adgroupid");
        add(all, "ad.adId", "adid creativeid");
        add(all, "web.pageUrl", "pageurl pagelink landingpage landingurl sourceurl");
        add(all, "web.referrer", "referrer referer httpreferer pagereferrer");
        add(all, "web.ip", "ip remoteip ipaddress clientip userip");
        add(all, "web.userAgent", "useragent");
        add(all, "consent.adStorage", "adstorage");
        add(all, "consent.analyticsStorage", "analyticsstorage");
        add(all, "consent.adUserData", "aduserdata");
        add(all, "consent.adPersonalization", "adpersonalization");
        return Map.copyOf(all);
    }

    private static void add(Map<String, String> all, String field, String names) {
        for (String name : names.split(" ", -1)) {
            all.put(name, field);
        }
    }
}
