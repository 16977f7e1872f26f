package kembali.sandbox.google.ads;

import kembali.sandbox.google.WireMessage;

/** The fields of an upload request. */
final class UploadMessage {
    private static final WireMessage ADDRESS = new WireMessage()
            .texts(
                    "hashedFirstName",
                    "hashedLastName",
                    "city",
                    "state",
                    "countryCode",
                    "postalCode",
                    "hashedStreetAddress");

    private static final WireMessage CART = new WireMessage()
            .longs("merchantId")
            .texts("feedCountryCode", "feedLanguageCode")
            .doubles("localTransactionCost")
            .many("items", new WireMessage().texts("productId").ints("quantity").doubles("unitPrice"));

    /** One row. */
    static final WireMessage CONVERSION = new WireMessage()
            .texts(
                    "gclid",
                    "gbraid",
                    "wbraid",
                    "conversionAction",
                    "conversionDateTime",
                    "currencyCode",
                    "orderId",
                    "userIpAddress",
                    "sessionAttributesEncoded")
            .doubles("conversionValue")
            .one(
                    "externalAttributionData",
                    new WireMessage().doubles("externalAttributionCredit").texts("externalAttributionModel"))
            .many("customVariables", new WireMessage().texts("conversionCustomVariable", "value"))
            .one("cartData", CART)
            .many(
                    "userIdentifiers",
                    new WireMessage()
                            .choice("userIdentifierSource", "UNSPECIFIED", "UNKNOWN", "FIRST_PARTY", "THIRD_PARTY")
                            .texts("hashedEmail", "hashedPhoneNumber", "mobileId", "thirdPartyUserId")
                            .one("addressInfo", ADDRESS))
            .choice("conversionEnvironment", "UNSPECIFIED", "UNKNOWN", "APP", "WEB")
            .one(
                    "consent",
                    new WireMessage()
                            .choice("adUserData", "UNSPECIFIED", "UNKNOWN", "GRANTED", "DENIED")
                            .choice("adPersonalization", "UNSPECIFIED", "UNKNOWN", "GRANTED", "DENIED"))
            .choice("customerType", "UNSPECIFIED", "UNKNOWN", "NEW", "RETURNING")
            .one(
                    "sessionAttributesKeyValuePairs",
                    new WireMessage()
                            .many(
                                    "keyValuePairs",
                                    new WireMessage().texts("sessionAttributeKey", "sessionAttributeValue")));

    /** The whole request. */
    static final WireMessage REQUEST = new WireMessage()
            .texts("customerId")
            .many("conversions", CONVERSION)
            .truths("partialFailure", "validateOnly")
            .ints("jobId");

    private UploadMessage() {}
}
