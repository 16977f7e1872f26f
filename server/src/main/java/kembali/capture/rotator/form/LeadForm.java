package kembali.capture.rotator.form;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rotator's form, as stored.
 *
 * @param title the page's heading; null for the usual one
 * @param language {@code id} or {@code en}: the language of everything the advertiser did not write
 * @param consentText what the person agrees to by ticking; null asks for no consent
 * @param leadOn {@link #ON_FORM} or {@link #ON_CLICK}
 */
public record LeadForm(
        @Nullable String title,
        @Nullable String intro,
        List<Field> fields,
        @Nullable String consentText,
        boolean consentRequired,
        @Nullable String button,
        String language,
        String leadOn) {
    /** Whoever opens the link is a lead, whether they send the form or not. */
    public static final String ON_CLICK = "click";

    /** Only who sends the form is a lead. */
    public static final String ON_FORM = "form";

    /** A tick. */
    public static final String CHECKBOX = "checkbox";

    public static final String SELECT = "select";
    public static final String TEXT = "text";

    public LeadForm {
        fields = List.copyOf(fields);
    }

    public boolean makesLeadOnClick() {
        return leadOn.equals(ON_CLICK);
    }

    /**
     * One question.
     *
     * @param key its name, also as a placeholder of the message; what it means is told by {@link Meaning}
     * @param label null for the usual one of name, e-mail, phone and city
     * @param type {@link #TEXT}, {@link #SELECT} or {@link #CHECKBOX}
     * @param options what a select offers
     */
    public record Field(String key, @Nullable String label, String type, List<String> options, boolean required) {
        public Field {
            options = List.copyOf(options);
        }

        public Meaning meaning() {
            return Meaning.of(key);
        }
    }
}
