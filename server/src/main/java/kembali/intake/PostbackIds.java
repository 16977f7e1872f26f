package kembali.intake;

import java.util.Map;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import kembali.intake.Intake.Domain;
import kembali.store.Tx;
import kembali.visitor.Click;
import kembali.visitor.ClickParameter;
import kembali.visitor.Visitor;
import kembali.visitor.VisitorProfile;

/** Click and browser ids that came with a postback. They only fill what is empty: the click saw its own. */
final class PostbackIds {
    private static final String FBC = "fbc";
    private static final String FBP = "fbp";

    private final Domain domain;
    private final Tx tx;
    private final Map<String, String> sent;

    PostbackIds(Domain domain, Tx tx, Map<String, String> sent) {
        this.domain = domain;
        this.tx = tx;
        this.sent = sent;
    }

    /** The click with what it lacked; stored. */
    Click into(Click click) {
        Click.Content c = click.content();
        ClickIds clickIds = clickIds(click.workspaceId(), click.visitorNo(), c.clickIds(), c.browser());
        BrowserIds browser = browser(c.clickIds(), c.browser());
        if (clickIds.equals(c.clickIds()) && browser.equals(c.browser())) {
            return click;
        }
        Click filled = click.withIds(clickIds, browser);
        domain.clicks().in(tx).put(filled);
        return filled;
    }

    /** The visitor with what they lacked; stored. */
    Visitor into(Visitor visitor) {
        VisitorProfile p = visitor.profile();
        ClickIds clickIds = clickIds(visitor.workspaceId(), visitor.no(), p.clicks(), p.browser());
        BrowserIds browser = browser(p.clicks(), p.browser());
        if (clickIds.equals(p.clicks()) && browser.equals(p.browser())) {
            return visitor;
        }
        Visitor filled = visitor.withProfile(p.withClicks(clickIds).withBrowser(browser));
        domain.visitors().in(tx).put(filled);
        return filled;
    }

    private ClickIds clickIds(int workspaceId, long visitorNo, ClickIds had, BrowserIds browser) {
        ClickIds missing = ClickIds.NONE;
        for (Map.Entry<String, String> e : sent.entrySet()) {
            String name = e.getKey();
            boolean cookie = name.equals(FBC) || name.equals(FBP);
            // Meta's cookie holds a click id, too.
            boolean has = had.get(name) != null || name.equals(ClickIds.FBCLID) && browser.fbc() != null;
            if (!cookie && !has) {
                ClickParameter kind = ClickParameter.named(name);
                boolean suspicious = kind != null && kind.isSuspicious(e.getValue());
                missing = missing.with(name, new ClickId(e.getValue(), tx.now().toEpochMilli(), false, suspicious));
            }
        }
        return missing.isEmpty() ? had : domain.visitors().in(tx).claim(workspaceId, visitorNo, had, missing);
    }

    private BrowserIds browser(ClickIds had, BrowserIds browser) {
        String fbc = had.get(ClickIds.FBCLID) == null ? sent.get(FBC) : null;
        return new BrowserIds(fbc, sent.get(FBP), null, null, null).updatedBy(browser);
    }
}
