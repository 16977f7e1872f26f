package kembali.lead;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import kembali.identity.Person;
import kembali.identity.PhoneNumbers;
import kembali.support.Secrets;
import org.jspecify.annotations.Nullable;

/**
 * Turns a lead's words into keyed hashes of their beginnings, so that {@code bud} finds Budi while
 * the database holds no readable name.
 */
final class SearchTokens {
    private static final int SHORTEST = 2;
    private static final int LONGEST = 12;
    private static final int LAST_DIGITS = 4;
    /** A number as people write it: 0812-3456-7890, +62 812 3456 7890, (021) 555 0123. */
    private static final Pattern NUMBER = Pattern.compile("[+(]*\\d[\\d\\s().+/-]*");

    private final Secrets secrets;

    SearchTokens(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Every token under which this lead is found. */
    Set<Long> of(Lead lead) {
        var tokens = new LinkedHashSet<Long>();
        Person p = lead.person();
        addWords(tokens, lead.workspaceId(), p.name());
        addWords(tokens, lead.workspaceId(), p.company());
        addWords(tokens, lead.workspaceId(), p.email());
        String ref = lead.externalRef();
        addWords(tokens, lead.workspaceId(), ref);
        if (ref != null && NUMBER.matcher(ref).matches()) {
            addPrefixes(tokens, lead.workspaceId(), bare(digits(ref)));
        }
        addPhone(tokens, lead.workspaceId(), p.phoneE164() != null ? p.phoneE164() : p.phone(), p.phoneE164());
        return tokens;
    }

    /** The tokens that must all be there for a query; empty when the query holds no word long enough. */
    Set<Long> ofQuery(int workspaceId, String query) {
        var tokens = new LinkedHashSet<Long>();
        // However a number is grouped and whatever it begins with, it is one term.
        boolean number = NUMBER.matcher(query.strip()).matches();
        for (String word : number ? new String[] {digits(query)} : words(query)) {
            String term = bare(word);
            if (term.length() >= SHORTEST) {
                tokens.add(token(workspaceId, term.substring(0, Math.min(LONGEST, term.length()))));
            }
        }
        return tokens;
    }

    private void addWords(Set<Long> tokens, int workspaceId, @Nullable String text) {
        if (text != null) {
            for (String word : words(text)) {
                addPrefixes(tokens, workspaceId, word);
                if (!bare(word).equals(word)) {
                    addPrefixes(tokens, workspaceId, bare(word));
                }
            }
        }
    }

    private void addPhone(Set<Long> tokens, int workspaceId, @Nullable String phone, @Nullable String e164) {
        if (phone == null) {
            return;
        }
        String digits = digits(phone);
        addPrefixes(tokens, workspaceId, bare(digits));
        if (e164 != null) {
            addPrefixes(tokens, workspaceId, PhoneNumbers.withoutCountryCode(e164));
        }
        if (digits.length() > LAST_DIGITS) {
            // People remember the end of a number.
            addPrefixes(tokens, workspaceId, bare(digits.substring(digits.length() - LAST_DIGITS)));
        }
    }

    private static String digits(String text) {
        return text.replaceAll("\\D", "");
    }

    /** A longer number without the zeros it is dialled or padded with; any other word as it is. */
    private static String bare(String word) {
        return word.length() >= LAST_DIGITS
                        && word.startsWith("0")
                        && word.chars().allMatch(c -> c >= '0' && c <= '9')
                ? word.replaceFirst("^0+", "")
                : word;
    }

    private void addPrefixes(Set<Long> tokens, int workspaceId, String word) {
        for (int n = SHORTEST; n <= Math.min(LONGEST, word.length()); n++) {
            tokens.add(token(workspaceId, word.substring(0, n)));
        }
    }

    private long token(int workspaceId, String term) {
        return secrets.lookupKey("search/" + workspaceId, term);
    }

    private static String[] words(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .strip();
        return plain.isEmpty() ? new String[0] : plain.split("[^\\p{L}\\p{N}]+", -1);
    }
}
