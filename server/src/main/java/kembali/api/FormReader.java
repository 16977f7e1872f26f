package kembali.api;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kembali.account.Workspaces;
import kembali.http.Checks;
import kembali.inbound.FormChecks;
import kembali.inbound.LeadFields;
import kembali.intake.LeadSubmission;
import kembali.lead.Pipelines;
import kembali.support.FieldError;
import kembali.support.Refusal;
import kembali.visitor.Visitors;
import org.jspecify.annotations.Nullable;

/** Reads what somebody typed into a form by the rules of the API, and leaves out what they would refuse. */
public final class FormReader implements FormChecks {
    private static final int LONGEST_AMOUNT = 40;

    private final Workspaces workspaces;
    private final Pipelines pipelines;
    private final Visitors visitors;
    private final InstantSource clock;

    public FormReader(Workspaces workspaces, Pipelines pipelines, Visitors visitors, InstantSource clock) {
        this.workspaces = workspaces;
        this.pipelines = pipelines;
        this.visitors = visitors;
        this.clock = clock;
    }

    @Override
    public Checked check(int workspaceId, Map<String, String> fields, Instant at) {
        var left = new HashMap<String, String>();
        var notes = new ArrayList<String>();
        fields.forEach((name, value) -> {
            if (!LeadFields.ALL.contains(name)) {
                notes.add(name + ": is no field of a lead");
            } else if (!value.isBlank()) {
                left.put(name, value);
            }
        });
        BigDecimal amount = amount(left, notes);
        var reader =
                new LeadReader(workspaces.get(workspaceId), pipelines.words(workspaceId), visitors, clock.instant());
        Instant when = at;
        while (true) {
            try {
                LeadSubmission s = reader.read(input(left, amount, when));
                return new Checked(withAd(s, left, notes), notes);
            } catch (Refusal refused) {
                for (FieldError e : refused.errors()) {
                    when = e.field().equals("occurredAt") ? null : when;
                    amount = e.field().equals(LeadFields.VALUE) ? null : amount;
                    setAside(e, left, notes);
                }
            }
        }
    }

    /** Each round takes at least the refused fields out, so there is an end. */
    private static void setAside(FieldError error, Map<String, String> left, List<String> notes) {
        String field = error.field();
        left.remove(field);
        if (field.equals(LeadFields.NAME)) {
            left.remove(LeadFields.FIRST_NAME);
            left.remove(LeadFields.LAST_NAME);
        }
        // What was typed may be anything, also somebody's phone number in the wrong field: it is not repeated.
        notes.add(field + ": " + error.message().replaceFirst("; it was .*$", ""));
    }

    private static @Nullable BigDecimal amount(Map<String, String> left, List<String> notes) {
        String typed = left.get(LeadFields.VALUE);
        if (typed == null) {
            return null;
        }
        try {
            if (typed.length() <= LONGEST_AMOUNT) {
                return new BigDecimal(typed.strip());
            }
        } catch (NumberFormatException e) {
            notes.add(LeadFields.VALUE + ": is no amount");
            return null;
        }
        notes.add(LeadFields.VALUE + ": is no amount");
        return null;
    }

    private static LeadInput input(Map<String, String> f, @Nullable BigDecimal amount, @Nullable Instant at) {
        var said = new HashMap<>(f);
        said.put("source", isAd(f) ? "ads" : "website");
        // What could not be read was set aside with a note, and is not read again.
        said.remove("estimatedValue");
        said.remove("occurredAt");
        if (amount != null) {
            said.put("estimatedValue", amount.toPlainString());
        }
        if (at != null) {
            said.put("occurredAt", at.toString());
        }
        return LeadTexts.input(said);
    }

    /** Forms inside the ad platforms' own apps leave a lead id, and say which ad it was. */
    private static boolean isAd(Map<String, String> f) {
        return f.keySet().stream().anyMatch(n -> n.startsWith("ad.") || n.endsWith("LeadId"));
    }

    private static LeadSubmission withAd(LeadSubmission s, Map<String, String> f, List<String> notes) {
        var checks = new Checks();
        LeadSubmission with = LeadTexts.withAd(s, f, checks);
        try {
            checks.done();
        } catch (Refusal refused) {
            refused.errors().forEach(e -> notes.add(e.field() + ": " + e.message()));
        }
        return with;
    }
}
