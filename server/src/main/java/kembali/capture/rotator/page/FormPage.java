package kembali.capture.rotator.page;

import io.vertx.core.http.HttpServerResponse;
import kembali.capture.rotator.form.FormEntry;
import kembali.capture.rotator.form.FormEntry.Fault;
import kembali.capture.rotator.form.LeadForm;
import kembali.capture.rotator.form.Meaning;
import org.jspecify.annotations.Nullable;

/**
 * The form before the chat. It is sent to the address it was opened at, so nothing of that address
 * stands in the page. Browsers do not check it: inside apps many refuse silently, and our own errors
 * are read out and lead to their fields.
 */
public final class FormPage {
    private final LeadForm form;
    private final FormEntry entry;
    private final Words words;
    private final StringBuilder out = new StringBuilder(4_000);

    private FormPage(LeadForm form, FormEntry entry, Words words) {
        this.form = form;
        this.entry = entry;
        this.words = words;
    }

    /**
     * Sends the form.
     *
     * @param status 200 for an empty one, 422 with errors, 429 when it was sent too often
     * @param entry what was sent, shown again with what is wrong
     * @param visit says which visit this is, for browsers that keep no cookies; null leaves it out
     */
    public static void send(
            HttpServerResponse response, int status, LeadForm form, FormEntry entry, @Nullable String visit) {
        Words words = Words.in(form.language());
        String title = title(form, words);
        Html.send(
                response,
                status,
                words.language(),
                entry.isGood() ? title : words.errorBeforeTitle() + title,
                "",
                markup(form, entry, status == 429, visit));
    }

    private static String title(LeadForm form, Words words) {
        return form.title() == null ? words.formTitle() : form.title();
    }

    /** What stands in the page's frame. */
    static String markup(LeadForm form, FormEntry entry, boolean tooOften, @Nullable String visit) {
        Words words = Words.in(form.language());
        return new FormPage(form, entry, words).body(title(form, words), tooOften, visit);
    }

    private String body(String title, boolean tooOften, @Nullable String visit) {
        out.append("<h1>").append(Html.escape(title)).append("</h1>");
        if (form.intro() != null) {
            out.append("<p>").append(Html.escape(form.intro())).append("</p>");
        }
        if (tooOften) {
            out.append("<div class=\"errors\" role=\"alert\"><p>")
                    .append(words.tooOften())
                    .append("</p></div>");
        } else if (!entry.isGood()) {
            summary();
        }
        out.append("<form method=\"post\" novalidate>");
        if (visit != null) {
            out.append("<input type=\"hidden\" name=\"" + FormEntry.VISIT + "\" value=\"")
                    .append(Html.escape(visit))
                    .append("\">");
        }
        form.fields().forEach(this::field);
        trap();
        if (form.consentText() != null) {
            tick(
                    FormEntry.CONSENT,
                    form.consentText(),
                    form.consentRequired(),
                    entry.consented(),
                    entry.faults().get(FormEntry.CONSENT));
        }
        out.append("<button type=\"submit\">")
                .append(Html.escape(form.button() == null ? words.send() : form.button()))
                .append("</button></form>");
        return out.toString();
    }

    private void summary() {
        out.append("<div class=\"errors\" role=\"alert\" tabindex=\"-1\" aria-labelledby=\"errors\"><h2 id=\"errors\">")
                .append(words.errors(entry.faults().size()))
                .append("</h2><ul>");
        for (LeadForm.Field f : form.fields()) {
            Fault fault = entry.faults().get(f.key());
            if (fault != null) {
                link(FormEntry.PREFIX + f.key(), label(f), fault);
            }
        }
        Fault consent = entry.faults().get(FormEntry.CONSENT);
        if (consent != null) {
            link(FormEntry.CONSENT, words.consent(), consent);
        }
        out.append("</ul></div>");
    }

    private void link(String id, String label, Fault fault) {
        out.append("<li><a href=\"#")
                .append(Html.escape(id))
                .append("\">")
                .append(Html.escape(label))
                .append(": ")
                .append(words.fault(fault))
                .append("</a></li>");
    }

    private String label(LeadForm.Field f) {
        return f.label() == null ? words.label(f.meaning()) : f.label();
    }

    private void field(LeadForm.Field f) {
        String id = FormEntry.PREFIX + f.key();
        Fault fault = entry.faults().get(f.key());
        String value = entry.values().getOrDefault(f.key(), "");
        if (f.type().equals(LeadForm.CHECKBOX)) {
            tick(id, label(f), f.required(), !value.isEmpty(), fault);
            return;
        }
        out.append("<div class=\"field\"><label for=\"")
                .append(Html.escape(id))
                .append("\">")
                .append(Html.escape(label(f)))
                .append(optional(f.required()))
                .append("</label>");
        error(id, fault);
        if (f.type().equals(LeadForm.SELECT)) {
            out.append("<select").append(attributes(id, f.required(), fault)).append("><option value=\"\">");
            out.append(words.choose()).append("</option>");
            for (String option : f.options()) {
                out.append("<option")
                        .append(option.equals(value) ? " selected" : "")
                        .append('>')
                        .append(Html.escape(option))
                        .append("</option>");
            }
            out.append("</select>");
        } else {
            out.append("<input")
                    .append(attributes(id, f.required(), fault))
                    .append(kind(f.meaning()))
                    .append(" maxlength=\"" + FormEntry.LONGEST + "\" value=\"")
                    .append(Html.escape(value))
                    .append("\">");
        }
        out.append("</div>");
    }

    private void tick(String id, String label, boolean required, boolean ticked, @Nullable Fault fault) {
        out.append("<div class=\"field\">");
        error(id, fault);
        out.append("<div class=\"tick\"><input type=\"checkbox\" value=\"yes\"")
                .append(attributes(id, required, fault))
                .append(ticked ? " checked" : "")
                .append("><label for=\"")
                .append(Html.escape(id))
                .append("\">")
                .append(Html.escape(label))
                .append(optional(required))
                .append("</label></div></div>");
    }

    private String optional(boolean required) {
        return required ? "" : " <span class=\"note\">" + words.optional() + "</span>";
    }

    private void error(String id, @Nullable Fault fault) {
        if (fault != null) {
            out.append("<p class=\"bad\" id=\"")
                    .append(Html.escape(id))
                    .append("-error\">")
                    .append(words.fault(fault))
                    .append("</p>");
        }
    }

    private static String attributes(String id, boolean required, @Nullable Fault fault) {
        String escaped = Html.escape(id);
        return " id=\"" + escaped + "\" name=\"" + escaped + "\"" + (required ? " required" : "")
                + (fault == null ? "" : " aria-invalid=\"true\" aria-describedby=\"" + escaped + "-error\"");
    }

    private static String kind(Meaning meaning) {
        return switch (meaning) {
            case NAME -> " type=\"text\" autocomplete=\"name\"";
            case FIRST_NAME -> " type=\"text\" autocomplete=\"given-name\"";
            case LAST_NAME -> " type=\"text\" autocomplete=\"family-name\"";
            case EMAIL -> " type=\"email\" autocomplete=\"email\" spellcheck=\"false\"";
            case PHONE -> " type=\"tel\" autocomplete=\"tel\"";
            case CITY -> " type=\"text\" autocomplete=\"address-level2\"";
            case OWN -> " type=\"text\"";
        };
    }

    /** Out of sight and out of the order of keys: only machines that fill everything fill this. */
    private void trap() {
        out.append("<div class=\"away\" aria-hidden=\"true\"><label for=\"" + FormEntry.TRAP + "\">")
                .append(words.leaveEmpty())
                .append("</label><input id=\"" + FormEntry.TRAP + "\" name=\"" + FormEntry.TRAP
                        + "\" type=\"text\" tabindex=\"-1\" autocomplete=\"off\"></div>");
    }
}
