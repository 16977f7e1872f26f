package kembali.lead;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import kembali.identity.Person;
import kembali.support.Secrets;
import org.jspecify.annotations.Nullable;

/**
 * Turns a lead's words into keyed hashes of their beginnings, so that {@code bud} finds Budi while
 * the database holds no readable name.
 */
final class SearchTokens {
    private static final int SHORTEST = 2;
    private static final int LONGEST = 12;

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
        addWords(tokens, lead.workspaceId(), lead.externalRef());
        String phone = p.phoneE164() != null ? p.phoneE164() : p.phone();
        if (phone != null) {
            String digits = phone.replaceAll("\\D", "");
            addPrefixes(tokens, lead.workspaceId(), digits);
            if (digits.length() > 6) {
                // People remember the end of a number, or its local form without the country code.
                addPrefixes(tokens, lead.workspaceId(), digits.substring(2));
                addPrefixes(tokens, lead.workspaceId(), digits.substring(digits.length() - 4));
            }
        }
        return tokens;
    }

    /** The tokens that must all be there for a query; empty when the query holds no word long enough. */
    Set<Long> ofQuery(int workspaceId, String query) {
        var tokens = new LinkedHashSet<Long>();
        for (String word : words(query)) {
            String digits = word.replaceAll("\\D", "");
            String term = digits.length() >= 4 && digits.startsWith("0") ? digits.substring(1) : word;
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
            }
        }
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
