package kembali.lead;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import kembali.store.schema.tables.records.LeadEventRecord;
import kembali.support.Secrets;

/** What people answered in forms: a person's own words, so the timeline keeps them sealed. */
final class FormAnswers {
    private final Secrets secrets;

    FormAnswers(Secrets secrets) {
        this.secrets = secrets;
    }

    /** The entry with its detail sealed. @param eventId the entry's own, which it keeps whoever's it becomes */
    LeadEvent sealed(String eventId, Instant at, String answers) {
        byte[] sealed = secrets.seal(answers.getBytes(StandardCharsets.UTF_8), place(eventId));
        return new LeadEvent(
                eventId, at, LeadEvent.FORM, null, Base64.getEncoder().encodeToString(sealed));
    }

    /** A stored entry of any kind, readable. */
    LeadEvent read(LeadEventRecord r) {
        String doc = r.getDoc();
        if (doc != null && r.getKind().equals(LeadEvent.FORM)) {
            doc = new String(secrets.open(Base64.getDecoder().decode(doc), place(r.getId())), StandardCharsets.UTF_8);
        }
        return new LeadEvent(r.getId(), Instant.ofEpochMilli(r.getAt()), r.getKind(), r.getStatus(), doc);
    }

    private static String place(String eventId) {
        return "lead-answers/" + eventId;
    }
}
