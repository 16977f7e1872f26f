package kembali.inbound.form;

import static org.assertj.core.api.Assertions.assertThat;

import kembali.inbound.LeadFields;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldNamesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            phone | phone phonenumber nohp hp nomorhp nowa nomorwa nowhatsapp whatsapp wa telepon telp tel notelp mobile handphone yourphone
            name | name nama namalengkap fullname yourname
            firstName | firstname namadepan
            lastName | lastname namabelakang
            email | email surel youremail
            message | message pesan keterangan
            city | city kota domisili
            estimatedValue | value amount total nominal harga estimatedValue
            visitor | visitor kmb_visitor visitor_code
            click.fbclid | fbclid kmb_fbclid FBCLID
            click.fbc | _fbc fbc
            click.fbp | _fbp
            click.ttp | _ttp
            click.liFatId | li_fat_id liFatId
            click.gaClientId | ga_client_id gaClientId
            click.gaSessionId | ga_session_id
            web.pageUrl | page_url pageUrl kmb_page_url
            utm.source | utm_source utmSource
            utm.content | utm_content
            ad.adsetId | adset_id ad_group_id adgroup_id
            ad.adId | ad_id creative_id
            consent.adUserData | ad_user_data
            phone | tel-123 No.HP no_hp noHp q4_phoneNumber4 Phone-2
            email | E-Mail email_1
            """)
    void knowsFieldsByLettersAndDigitsOfTheirNames(String field, String names) {
        for (String name : names.split(" ", -1)) {
            assertThat(FieldNames.of(name)).as(name).isEqualTo(field);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            What's your phone number?                    | phone
            No. HP / WhatsApp                            | phone
            Nomor WhatsApp yang bisa dihubungi (aktif)   | phone
            Siapa nama Anda?                             | name
            Your full name *                             | name
            Alamat email Anda                            | email
            What is your e-mail address?                 | email
            Nama perusahaan                              | company
            Which city are you in?                       | city
            """)
    void understandsLabelsThatAsk(String label, String field) {
        assertThat(FieldNames.asked(label)).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "???",
                "Nama produk yang diminati",
                "Nomor antrean",
                "No",
                "Alamat lengkap",
                "Do you have WhatsApp for your business team and how many people use it every day at the office",
                "status"
            })
    void leavesOtherLabelsAlone(String label) {
        assertThat(FieldNames.asked(label)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "id", "token", "formname", "x", ""})
    void leavesOtherNamesAlone(String name) {
        assertThat(FieldNames.of(name)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"Work email, email", "WORK_PHONE, phone", "work_phone_number, phone", "Email,"})
    void knowsWhatIsOnlySecondChoice(String label, @Nullable String field) {
        assertThat(FieldNames.secondChoice(label)).isEqualTo(field);
        assertThat(LeadFields.ALL).contains(field == null ? LeadFields.EMAIL : field);
    }
}
