package kembali.inbound;

import java.util.Set;

/** The lead's fields as a field map names them: the names of the management API's lead, dotted. */
public final class LeadFields {
    /** The visitor code, as our tracker fills it into forms: {@code ABC2345}. */
    public static final String VISITOR = "visitor";

    public static final String NAME = "name";
    public static final String FIRST_NAME = "firstName";
    public static final String LAST_NAME = "lastName";
    public static final String EMAIL = "email";
    public static final String PHONE = "phone";
    /** What the person wrote; kept on the timeline. */
    public static final String MESSAGE = "message";

    public static final String CITY = "city";
    public static final String STATE = "state";
    public static final String POSTAL_CODE = "postalCode";
    public static final String COUNTRY = "country";
    public static final String GENDER = "gender";
    public static final String BIRTH_DATE = "birthDate";
    public static final String COMPANY = "company";
    public static final String TITLE = "title";
    public static final String EXTERNAL_REF = "externalRef";
    public static final String STATUS = "status";
    public static final String VALUE = "estimatedValue";
    public static final String CURRENCY = "currency";

    /** All of them, with {@code click.*}, {@code utm.*}, {@code ad.*}, {@code web.*} and {@code consent.*}. */
    public static final Set<String> ALL = Set.of(
            VISITOR,
            NAME,
            FIRST_NAME,
            LAST_NAME,
            EMAIL,
            PHONE,
            MESSAGE,
            CITY,
            STATE,
            POSTAL_CODE,
            COUNTRY,
            GENDER,
            BIRTH_DATE,
            COMPANY,
            TITLE,
            EXTERNAL_REF,
            STATUS,
            VALUE,
            CURRENCY,
            "click.gclid",
            "click.gbraid",
            "click.wbraid",
            "click.fbclid",
            "click.fbc",
            "click.fbp",
            "click.ttclid",
            "click.ttp",
            "click.liFatId",
            "click.metaLeadId",
            "click.tiktokLeadId",
            "click.linkedinLeadId",
            "click.gaClientId",
            "click.gaSessionId",
            "utm.source",
            "utm.medium",
            "utm.campaign",
            "utm.term",
            "utm.content",
            "ad.accountId",
            "ad.campaignId",
            "ad.campaignName",
            "ad.adsetId",
            "ad.adId",
            "web.pageUrl",
            "web.referrer",
            "web.ip",
            "web.userAgent",
            "consent.adStorage",
            "consent.analyticsStorage",
            "consent.adUserData",
            "consent.adPersonalization");

    private LeadFields() {}
}
