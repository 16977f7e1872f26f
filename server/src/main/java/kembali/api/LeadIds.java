package kembali.api;

import java.util.Locale;
import kembali.account.Workspace;
import kembali.identity.PhoneNumbers;
import kembali.lead.Lead;
import kembali.lead.Leads;
import kembali.visitor.Visitors;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** The ways to name a lead in a path: id, visitor code, {@code ref:<externalRef>} or phone number. */
final class LeadIds {
    private LeadIds() {}

    /** True when it is an id itself, so that nobody has to look whose it is. */
    static boolean isId(String id) {
        return id.startsWith("ld_");
    }

    static @Nullable Lead find(DSLContext sql, Leads leads, Visitors visitors, Workspace workspace, String id) {
        int ws = workspace.id();
        if (isId(id)) {
            return leads.find(sql, ws, id);
        }
        if (id.startsWith("ref:")) {
            return leads.findByExternalRef(sql, ws, id.substring(4));
        }
        Long no = visitors.number(ws, id.toUpperCase(Locale.ROOT));
        if (no != null) {
            return leads.findByVisitor(sql, ws, no);
        }
        var phone = PhoneNumbers.fromPerson(id.replace("%2B", "+"), workspace.defaultCountry());
        return phone == null ? null : leads.findByPhone(sql, ws, phone.e164());
    }
}
