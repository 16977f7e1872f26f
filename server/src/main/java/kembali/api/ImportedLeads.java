package kembali.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kembali.account.Workspaces;
import kembali.http.Checks;
import kembali.intake.LeadImported;
import kembali.intake.LeadSubmission;
import kembali.lead.Lead;
import kembali.lead.LeadDetails;
import kembali.lead.Pipelines;
import kembali.support.FieldError;
import kembali.support.Refusal;
import kembali.transfer.row.LeadChecks;
import kembali.visitor.Visitors;

/**
 * Checks the leads of files by the rules of the API. What a lead is worth taking without, it is taken without: nobody loses
 * a customer for a malformed referrer. Whatever would make it another lead, or another sale, refuses it.
 */
public final class ImportedLeads implements LeadChecks {
    private static final Set<String> ESSENTIAL = Set.of(
            "name",
            "status",
            "occurredAt",
            "externalRef",
            "visitor",
            "estimatedValue",
            "actualValue",
            "currency",
            "consent.adUserData",
            "consent.adPersonalization",
            "consent.adStorage",
            "consent.analyticsStorage");

    private final Workspaces workspaces;
    private final Pipelines pipelines;
    private final Visitors visitors;

    public ImportedLeads(Workspaces workspaces, Pipelines pipelines, Visitors visitors) {
        this.workspaces = workspaces;
        this.pipelines = pipelines;
        this.visitors = visitors;
    }

    @Override
    public Checked check(int workspaceId, Map<String, String> fields, Past past, Instant now) {
        LeadReader reader = reader(workspaceId, now);
        var left = new HashMap<>(fields);
        var leftOut = new ArrayList<FieldError>();
        while (true) {
            try {
                var checks = new Checks();
                LeadSubmission said = LeadTexts.withAd(reader.read(LeadTexts.input(left)), left, checks);
                checks.done();
                leftOut.addAll(Unusable.of(said.details().person()));
                Map<String, String> own = Map.copyOf(left);
                return new Checked(
                        new LeadImported(
                                said,
                                past.id(),
                                stored -> merged(stored, own, now),
                                past.createdAt(),
                                past.orderId(),
                                past.report()),
                        List.of(),
                        leftOut);
            } catch (Refusal refused) {
                List<FieldError> wrong = refused.errors().stream()
                        .map(ImportedLeads::withoutValue)
                        .toList();
                if (wrong.stream().anyMatch(e -> ESSENTIAL.contains(e.field()))) {
                    return new Checked(null, wrong, leftOut);
                }
                // Each round takes at least one field out, so there is an end.
                var out = new HashSet<String>();
                for (FieldError e : wrong) {
                    leftOut.add(new FieldError(e.field(), e.message() + "; it is left out"));
                    out.add(e.field());
                }
                if (!left.keySet().removeAll(out)) {
                    return new Checked(null, wrong, leftOut);
                }
            }
        }
    }

    /** A value in the wrong column may be somebody's phone number: reports do not repeat it. */
    private static FieldError withoutValue(FieldError e) {
        return new FieldError(e.field(), e.message().replaceFirst("; it was .*$", ""));
    }

    /** The stored details with what the file says over them, checked like a new lead's. */
    private LeadDetails merged(Lead stored, Map<String, String> own, Instant now) {
        var all = LeadTexts.of(stored);
        for (String name : LeadDetailsInput.NAMES) {
            String said = own.get(name);
            if (said != null) {
                all.put(name, said);
            }
        }
        String name = LeadTexts.name(own);
        if (name != null) {
            all.put("name", name);
        }
        return reader(stored.workspaceId(), now).read(LeadTexts.input(all)).details();
    }

    private LeadReader reader(int workspaceId, Instant now) {
        return new LeadReader(workspaces.get(workspaceId), pipelines.words(workspaceId), visitors, now);
    }
}
