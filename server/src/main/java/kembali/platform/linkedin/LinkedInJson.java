package kembali.platform.linkedin;

import java.math.BigDecimal;
import kembali.platform.JsonText;

/** What LinkedIn writes otherwise than others. */
final class LinkedInJson {
    private LinkedInJson() {}

    /** An amount as LinkedIn wants it: a string in plain notation, {@code "25000001"}, never {@code 2.5E7}. */
    static StringBuilder amount(StringBuilder out, BigDecimal amount) {
        return JsonText.number(out.append('"'), amount).append('"');
    }
}
