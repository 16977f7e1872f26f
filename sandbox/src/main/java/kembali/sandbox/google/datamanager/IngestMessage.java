package kembali.sandbox.google.datamanager;

import kembali.sandbox.google.WireMessage;

/** The fields of an ingest request. */
final class IngestMessage {
    private static final WireMessage ACCOUNT = new WireMessage()
            .choice(
                    "accountType",
                    "GOOGLE_ADS",
                    "DISPLAY_VIDEO_PARTNER",
                    "DISPLAY_VIDEO_ADVERTISER",
                    "DATA_PARTNER",
                    "GOOGLE_ANALYTICS_PROPERTY",
                    "GOOGLE_AD_MANAGER_AUDIENCE_LINK",
                    "FLOODLIGHT")
            .texts("accountId");

    private static final WireMessage DESTINATION = new WireMessage()
            .texts("reference", "productDestinationId")
            .one("operatingAccount", ACCOUNT)
            .one("loginAccount", ACCOUNT)
            .one("linkedAccount", ACCOUNT);

    private static final WireMessage CONSENT = new WireMessage()
            .choice("adUserData", "CONSENT_STATUS_UNSPECIFIED", "CONSENT_GRANTED", "CONSENT_DENIED")
            .choice("adPersonalization", "CONSENT_STATUS_UNSPECIFIED", "CONSENT_GRANTED", "CONSENT_DENIED");

    private static final WireMessage DEVICE = new WireMessage()
            .texts(
                    "userAgent",
                    "ipAddress",
                    "category",
                    "languageCode",
                    "operatingSystem",
                    "operatingSystemVersion",
                    "brand",
                    "model",
                    "browser",
                    "browserVersion")
            .ints("screenHeight", "screenWidth");

    private static final WireMessage ADDRESS = new WireMessage()
            .texts("givenName", "familyName", "regionCode", "postalCode", "city", "streetAddress", "region");

    private static final WireMessage USER_DATA = new WireMessage()
            .many(
                    "userIdentifiers",
                    new WireMessage().texts("emailAddress", "phoneNumber").one("address", ADDRESS));

    private static final WireMessage PARAMETER = new WireMessage().texts("parameterName", "value");

    private static final WireMessage CART = new WireMessage()
            .texts("merchantId", "merchantFeedLabel", "merchantFeedLanguageCode")
            .doubles("transactionDiscount")
            .textLists("couponCodes")
            .many(
                    "items",
                    new WireMessage()
                            .texts(
                                    "merchantProductId",
                                    "itemId",
                                    "merchantId",
                                    "merchantFeedLabel",
                                    "merchantFeedLanguageCode")
                            .longs("quantity")
                            .doubles("unitPrice", "conversionValue")
                            .many("additionalItemParameters", PARAMETER)
                            .many(
                                    "customVariables",
                                    new WireMessage().texts("variable", "value").textLists("destinationReferences")));

    private static final WireMessage EVENT = new WireMessage()
            .textLists("destinationReferences")
            .texts("transactionId", "currency", "eventName", "clientId", "userId", "appInstanceId")
            .times("eventTimestamp", "lastUpdatedTimestamp")
            .doubles("conversionValue", "conversionCount")
            .choice("eventSource", "WEB", "APP", "IN_STORE", "PHONE", "MESSAGE", "OTHER")
            .one("consent", CONSENT)
            .one("userData", USER_DATA)
            .one("thirdPartyUserData", USER_DATA)
            .one(
                    "adIdentifiers",
                    new WireMessage()
                            .texts(
                                    "sessionAttributes",
                                    "gclid",
                                    "gbraid",
                                    "wbraid",
                                    "dclid",
                                    "impressionId",
                                    "matchId",
                                    "mobileDeviceId")
                            .one("landingPageDeviceInfo", DEVICE))
            .one("eventDeviceInfo", DEVICE)
            .one(
                    "eventLocation",
                    new WireMessage()
                            .texts(
                                    "storeId",
                                    "city",
                                    "subdivisionCode",
                                    "regionCode",
                                    "subcontinentCode",
                                    "continentCode"))
            .one("cartData", CART)
            .many(
                    "customVariables",
                    new WireMessage().texts("variable", "value").textLists("destinationReferences"))
            .many("experimentalFields", new WireMessage().texts("field", "value"))
            .many("additionalEventParameters", PARAMETER)
            .one(
                    "userProperties",
                    new WireMessage()
                            .choice("customerType", "CUSTOMER_TYPE_UNSPECIFIED", "NEW", "RETURNING", "REENGAGED")
                            .choice("customerValueBucket", "CUSTOMER_VALUE_BUCKET_UNSPECIFIED", "LOW", "MEDIUM", "HIGH")
                            .many("additionalUserProperties", new WireMessage().texts("propertyName", "value")));

    /** The whole request; {@code encryptionInfo} is not served. */
    static final WireMessage REQUEST = new WireMessage()
            .many("destinations", DESTINATION)
            .many("events", EVENT)
            .one("consent", CONSENT)
            .choice("encoding", "HEX", "BASE64")
            .truths("validateOnly");

    private IngestMessage() {}
}
