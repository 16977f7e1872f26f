package kembali.inbound.whatsapp;

import java.time.Instant;
import java.util.List;
import kembali.inbound.Authenticity;
import kembali.inbound.JsonTree;
import kembali.inbound.RawRequest;
import kembali.inbound.Reading;
import kembali.inbound.Signatures;
import kembali.inbound.SourceForm;
import kembali.inbound.SourceForm.Field;
import kembali.inbound.SourceKeys;
import kembali.inbound.SourceSettings;

/**
 * 360dialog: the Cloud API's bodies without Meta's signature. The webhook can be given headers of one's own; a
 * secret, when set, is expected in {@code Authorization}.
 */
public final class Dialog360Kind extends ChatKind {
    private static final String BEARER = "bearer ";

    public Dialog360Kind() {
        super(
                "360dialog",
                "360dialog",
                new SourceForm(
                        List.of(
                                new Field(
                                        "secret",
                                        "Authorization header",
                                        "Optional. Any long text; give the webhook the header Authorization with this text"
                                                + " at 360dialog, and only such requests are accepted.",
                                        false),
                                Fields.businessNumber(false)),
                        List.of(
                                "In the 360dialog hub open your number and find the webhook URL.",
                                "Enter {url}. If you set a secret above, add the header Authorization with the same text.",
                                "Save, then write a message to your number."),
                        List.of(
                                "360dialog does not pass on Meta's signature: keep the address secret, or use the header.")));
    }

    @Override
    public Authenticity check(RawRequest request, SourceKeys keys, Instant now) {
        String secret = keys.secret();
        if (secret == null || !Signatures.isSet(secret)) {
            return new Authenticity.Unsigned();
        }
        String said = request.header("authorization");
        if (said == null) {
            return new Authenticity.Forged("The header Authorization is missing: give it to the webhook at 360dialog.");
        }
        String bare = said.regionMatches(true, 0, BEARER, 0, BEARER.length()) ? said.substring(BEARER.length()) : said;
        return Signatures.same(secret, bare.strip()) || Signatures.same(secret, said)
                ? new Authenticity.Genuine()
                : new Authenticity.Forged("The header Authorization is not the secret of this source.");
    }

    @Override
    public Reading read(RawRequest request, SourceSettings settings, Instant receivedAt) {
        return CloudBody.read(JsonTree.parse(request.body()), key(), settings, receivedAt);
    }
}
