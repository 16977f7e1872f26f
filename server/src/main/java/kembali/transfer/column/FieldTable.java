package kembali.transfer.column;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one kind of row with the names columns have for them. A name counts by its letters and digits alone:
 * {@code No. HP}, {@code no_hp} and {@code noHp} are one. {@code docs/import-export.md} lists them.
 */
public final class FieldTable {
    private static final int LONGEST = 200;

    private static final FieldTable LEADS = leads();
    private static final FieldTable CLICKS = clicks();
    private static final FieldTable CONVERSIONS = conversions();

    private final Map<String, String> byName = new HashMap<>();
    private final Map<String, List<String>> names = new LinkedHashMap<>();

    private FieldTable() {}

    /** The fields of that kind. */
    public static FieldTable of(ImportKind kind) {
        return switch (kind) {
            case LEADS -> LEADS;
            case CLICKS -> CLICKS;
            case CONVERSIONS -> CONVERSIONS;
        };
    }

    /** Our field of that column or field name, or null. */
    public @Nullable String of(String name) {
        return byName.get(normal(name));
    }

    /** How good a name is for its field: 0 is the field's own, a greater one is asked later. */
    int rank(String field, String name) {
        String normal = normal(name);
        return normal.equals(normal(field))
                ? 0
                : names.getOrDefault(field, List.of()).indexOf(normal) + 1;
    }

    /** Every field, with the further names it is known by. */
    public Map<String, List<String>> fields() {
        return Collections.unmodifiableMap(names);
    }

    /** The letters and digits of a name, lower case; of a long one the beginning. */
    static String normal(String name) {
        var out = new StringBuilder(name.length());
        for (int i = 0; i < Math.min(name.length(), LONGEST); i++) {
            char c = name.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                out.append(c);
            }
        }
        return out.toString().toLowerCase(Locale.ROOT);
    }

    private FieldTable field(String field, String... further) {
        byName.put(normal(field), field);
        var all = new ArrayList<String>();
        for (String spaced : further) {
            for (String name : spaced.split(" ", -1)) {
                all.add(name);
                String taken = byName.putIfAbsent(name, field);
                if (taken != null && !taken.equals(field)) {
                    throw new IllegalStateException(name + " is the name of " + taken + " and of " + field);
                }
            }
        }
        names.put(field, List.copyOf(all));
        return this;
    }

    private static FieldTable leads() {
        return new FieldTable()
                .field("id")
                .field(
                        "externalRef",
                        "externalid crmid customerid idpelanggan ref refid reference leadid idlead leadref")
                .field("visitor", "visitorcode kmbv")
                .field(
                        "name",
                        "nama namalengkap fullname contactname customername namacustomer namapelanggan namalead"
                                + " customer pelanggan leadname")
                .field("firstName", "namadepan givenname fname")
                .field("lastName", "namabelakang surname familyname lname namakeluarga")
                .field("email", "surel mail emailaddress alamatemail em")
                .field(
                        "phone",
                        "phonenumber nohp hp nomorhp nowa nomorwa nowhatsapp whatsapp wa telepon telp tel notelp mobile"
                                + " handphone nomorwhatsapp nomortelepon notelepon nomorhandphone nohandphone ponsel"
                                + " nomorponsel mobilenumber mobilephone whatsappnumber wanumber telephone cellphone"
                                + " msisdn nohpwa ph")
                .field("status", "leadstatus statuslead stage leadstage tahap tahapan statusprospek pipelinestage")
                .field(
                        "occurredAt",
                        "statusat statusdate statuschangedat tanggalstatus closedat closedate tanggalclosing wonat"
                                + " tanggaltransaksi tanggalbeli purchasedat")
                .field(
                        "createdAt",
                        "created createddate datecreated createdtime createtime date datetime time timestamp tanggal tgl"
                                + " tanggaldibuat tanggalmasuk tanggallead waktu submittedat")
                .field(
                        "actualValue",
                        "actualamount value amount nilai total nominal harga revenue omzet omset nilaitransaksi"
                                + " totalbelanja totalharga dealvalue price")
                .field("estimatedValue", "estimatedamount estimasi nilaiestimasi estimasinilai potentialvalue")
                .field("currency", "matauang cur")
                .field(
                        "orderId",
                        "order orderno ordernumber nomororder invoice invoiceno invoicenumber noinvoice nomorinvoice"
                                + " transactionid idtransaksi tid")
                .field("priority", "prioritas")
                .field("source", "sumber leadsource sumberlead")
                .field("assignedTo", "owner leadowner pic sales salesperson penanggungjawab assignee")
                .field("agentNumber", "agentphone csnumber nomorcs nocs")
                .field("city", "kota domisili kotadomisili town ct")
                .field("state", "provinsi province region st")
                .field("postalCode", "kodepos zip zipcode postcode zp")
                .field("country", "negara countrycode")
                .field("gender", "jeniskelamin sex")
                .field("birthDate", "dateofbirth dob tanggallahir tgllahir birthday")
                .field("company", "companyname perusahaan namaperusahaan organization organisasi")
                .field("title", "jobtitle jabatan posisi")
                .field("click.gclid", "gclid")
                .field("click.gbraid", "gbraid")
                .field("click.wbraid", "wbraid")
                .field("click.fbclid", "fbclid")
                .field("click.fbc", "fbc")
                .field("click.fbp", "fbp")
                .field("click.ttclid", "ttclid")
                .field("click.ttp", "ttp")
                .field("click.liFatId", "lifatid")
                .field("click.ctwaClid", "ctwaclid")
                .field("click.metaLeadId", "metaleadid leadgenid")
                .field("click.tiktokLeadId", "tiktokleadid")
                .field("click.linkedinLeadId", "linkedinleadid")
                .field("click.gaClientId", "gaclientid")
                .field("click.gaSessionId", "gasessionid")
                .field("click.clickedAt", "clickedat clicktime clickdate clickdatetime tanggalklik")
                .field("utm.source", "utmsource")
                .field("utm.medium", "utmmedium")
                .field("utm.campaign", "utmcampaign campaign kampanye")
                .field("utm.term", "utmterm")
                .field("utm.content", "utmcontent")
                .field("ad.accountId", "adaccountid")
                .field("ad.campaignId", "campaignid")
                .field("ad.campaignName", "campaignname namakampanye")
                .field("ad.adsetId", "adsetid adgroupid")
                .field("ad.adsetName", "adsetname adgroupname")
                .field("ad.adId", "adid creativeid")
                .field("ad.adName", "adname")
                .field("ad.placement", "placement")
                .field("web.pageUrl", "pageurl page landingpage landingurl sourceurl url")
                .field("web.referrer", "referrer referer")
                .field("web.ip", "ip ipaddress alamatip")
                .field("web.userAgent", "useragent")
                .field("consent.adUserData", "aduserdata")
                .field("consent.adPersonalization", "adpersonalization")
                .field("consent.adStorage", "adstorage")
                .field("consent.analyticsStorage", "analyticsstorage");
    }

    private static FieldTable clicks() {
        FieldTable table = new FieldTable()
                .field("subid", "clickid click cid")
                .field("time", "datetime clickdatetime clicktime clickedat date timestamp createdat tanggal waktu at")
                .field("campaign", "campaignid campaignalias alias campaignname campaigntoken")
                .field("params", "parameters query querystring")
                .field("url", "pageurl landingurl link clickurl")
                .field("referrer", "referer")
                .field("ip", "ipaddress")
                .field("user_agent")
                .field("language", "lang")
                .field("fbp")
                .field("fbc")
                .field("ttp")
                .field("ga_client_id")
                .field("ga_session_id");
        for (String id : List.of(
                "fbclid",
                "gclid",
                "gbraid",
                "wbraid",
                "dclid",
                "ttclid",
                "li_fat_id",
                "msclkid",
                "twclid",
                "ctwa_clid")) {
            table.field(id);
        }
        for (String utm : List.of("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "utm_id")) {
            table.field(utm);
        }
        for (String ad : List.of(
                "ad_account_id", "adset_id", "adset_name", "ad_id", "ad_name", "placement", "site_source_name")) {
            table.field(ad);
        }
        table.field("keyword", "keywords")
                .field("ad_campaign_id")
                .field("creative_id")
                .field("external_id")
                .field("source")
                .field("cost")
                .field("currency");
        return slots(table);
    }

    private static FieldTable conversions() {
        FieldTable table = new FieldTable()
                .field("subid", "clickid cid cnvid affsub")
                .field("lead_id", "externalref visitorcode leadref")
                .field("status", "conversionstatus convstatus cnvstatus")
                .field("payout", "revenue profit amount sum value price nilai nominal total")
                .field("currency", "cur payoutcurrency cnvcurrency matauang")
                .field("cost")
                .field("tid", "txid transactionid transaction orderid invoice noinvoice idtransaksi")
                .field(
                        "time",
                        "saledatetime postbackdatetime conversiondatetime datetime timestamp eventtime convtime date"
                                + " tanggal waktu occurredat createdat")
                .field("email", "em surel")
                .field("phone", "ph msisdn nohp nomorhp telepon whatsapp")
                .field("first_name", "fn namadepan")
                .field("last_name", "ln namabelakang")
                .field("city", "ct kota")
                .field("state", "st region provinsi")
                .field("zip", "zp kodepos postalcode")
                .field("country", "negara")
                .field("external_id")
                .field("reason", "rejectreason alasan");
        for (String id :
                List.of("fbclid", "fbc", "fbp", "gclid", "gbraid", "wbraid", "ttclid", "li_fat_id", "ctwa_clid")) {
            table.field(id);
        }
        return slots(table);
    }

    private static FieldTable slots(FieldTable table) {
        for (int i = 1; i <= 30; i++) {
            table.field("sub_id_" + i, "sub" + i);
        }
        return table;
    }
}
