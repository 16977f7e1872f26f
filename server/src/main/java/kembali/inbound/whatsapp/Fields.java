package kembali.inbound.whatsapp;

import kembali.inbound.SourceForm.Field;

/** Questions that several providers' forms ask. */
final class Fields {
    private Fields() {}

    static Field businessNumber(boolean required) {
        return new Field(
                "businessNumber",
                "Business number",
                "The WhatsApp number of this source, with its country code. "
                        + (required
                                ? "This provider does not say it, so make one source for each number."
                                : "Only used where the provider does not say it."),
                required);
    }

    static Field statusMap(String help) {
        return new Field("statusMap", "Statuses", help, false);
    }
}
