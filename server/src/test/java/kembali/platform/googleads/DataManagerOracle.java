package kembali.platform.googleads;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.util.JsonFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a body of {@code events:ingest} the way Google's server does: with protobuf's own JSON parser, over the fields and
 * enums of Google's published {@code google.ads.datamanager.v1} (client library 0.3.0). Google publishes no Java classes of
 * it that resolve, so the part we write is listed here: message, then {@code field: type}; {@code *} repeated, {@code |}
 * one of several.
 */
final class DataManagerOracle {
    private static final Map<String, List<String>> MESSAGES = new TreeMap<>(Map.of(
            "IngestEventsRequest",
                    List.of(
                            "destinations:*Destination",
                            "events:*Event",
                            "consent:Consent",
                            "validate_only:bool",
                            "encoding:Encoding"),
            "Destination",
                    List.of(
                            "reference:string",
                            "login_account:ProductAccount",
                            "linked_account:ProductAccount",
                            "operating_account:ProductAccount",
                            "product_destination_id:string"),
            "ProductAccount", List.of("account_id:string", "account_type:AccountType"),
            "Event",
                    List.of(
                            "destination_references:*string",
                            "transaction_id:string",
                            "event_timestamp:Timestamp",
                            "last_updated_timestamp:Timestamp",
                            "user_data:UserData",
                            "consent:Consent",
                            "ad_identifiers:AdIdentifiers",
                            "currency:string",
                            "conversion_value:double",
                            "event_source:EventSource"),
            "Consent", List.of("ad_user_data:ConsentStatus", "ad_personalization:ConsentStatus"),
            "AdIdentifiers", List.of("session_attributes:string", "gclid:string", "gbraid:string", "wbraid:string"),
            "UserData", List.of("user_identifiers:*UserIdentifier"),
            "UserIdentifier", List.of("email_address:|string", "phone_number:|string", "address:|AddressInfo"),
            "AddressInfo",
                    List.of("given_name:string", "family_name:string", "region_code:string", "postal_code:string")));

    private static final Map<String, List<String>> ENUMS = Map.of(
            "Encoding", List.of("ENCODING_UNSPECIFIED", "HEX", "BASE64"),
            "AccountType", List.of("ACCOUNT_TYPE_UNSPECIFIED", "GOOGLE_ADS", "GOOGLE_ANALYTICS_PROPERTY"),
            "ConsentStatus", List.of("CONSENT_STATUS_UNSPECIFIED", "CONSENT_GRANTED", "CONSENT_DENIED"),
            "EventSource", List.of("EVENT_SOURCE_UNSPECIFIED", "WEB", "APP", "IN_STORE", "PHONE", "OTHER", "MESSAGE"));

    private static final FileDescriptor FILE = file();

    private DataManagerOracle() {}

    /**
     * The body as protobuf understood it.
     *
     * @throws InvalidProtocolBufferException naming what Google would not read
     */
    static String read(String body) throws InvalidProtocolBufferException {
        var request = DynamicMessage.newBuilder(FILE.findMessageTypeByName("IngestEventsRequest"));
        JsonFormat.parser().merge(body, request);
        return request.build().toString();
    }

    private static FileDescriptor file() {
        var file = FileDescriptorProto.newBuilder()
                .setName("datamanager.proto")
                .setSyntax("proto3")
                .addDependency("google/protobuf/timestamp.proto");
        MESSAGES.forEach((name, fields) -> file.addMessageType(message(name, fields)));
        ENUMS.forEach((name, values) -> {
            var type = EnumDescriptorProto.newBuilder().setName(name);
            for (int i = 0; i < values.size(); i++) {
                type.addValue(EnumValueDescriptorProto.newBuilder()
                        .setName(values.get(i))
                        .setNumber(i));
            }
            file.addEnumType(type);
        });
        try {
            return FileDescriptor.buildFrom(file.build(), new FileDescriptor[] {TimestampProto.getDescriptor()});
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DescriptorProto message(String name, List<String> fields) {
        var message = DescriptorProto.newBuilder().setName(name);
        boolean choice = fields.stream().anyMatch(field -> field.contains("|"));
        if (choice) {
            message.addOneofDecl(OneofDescriptorProto.newBuilder().setName("identifier"));
        }
        for (int i = 0; i < fields.size(); i++) {
            String[] parts = fields.get(i).split(":", 2);
            String type = parts[1];
            var field = FieldDescriptorProto.newBuilder()
                    .setName(parts[0])
                    .setNumber(i + 1)
                    .setLabel(type.startsWith("*") ? Label.LABEL_REPEATED : Label.LABEL_OPTIONAL);
            if (type.startsWith("|")) {
                field.setOneofIndex(0);
            }
            String bare = type.startsWith("*") || type.startsWith("|") ? type.substring(1) : type;
            switch (bare) {
                case "string" -> field.setType(Type.TYPE_STRING);
                case "bool" -> field.setType(Type.TYPE_BOOL);
                case "double" -> field.setType(Type.TYPE_DOUBLE);
                case "Timestamp" -> field.setTypeName(".google.protobuf.Timestamp");
                default -> field.setTypeName("." + bare);
            }
            message.addField(field);
        }
        return message.build();
    }
}
