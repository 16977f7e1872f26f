package kembali.postback;

import java.util.Map;
import kembali.postback.StatusResolution.By;
import kembali.postback.StatusResolution.Known;
import kembali.postback.StatusResolution.Unmapped;
import kembali.postback.StatusVocabulary.Votes;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a status word means. The first that knows it settles it: the request's own lists, the source's map, the
 * workspace's map, the names of our statuses, the words on which networks agree. A word nobody knows stays unmapped.
 */
public final class StatusResolver {
    private StatusResolver() {}

    /**
     * What the postback's status means.
     *
     * @param workspaceMap word to meaning for all sources of the workspace; words in any form
     */
    public static StatusResolution resolve(
            Postback postback, StatusRules rules, Map<String, StatusMeaning> workspaceMap) {
        String sent = postback.statusWord();
        return resolve(
                sent == null ? null : StatusWord.normal(sent),
                postback.unfilledKeyOf(Field.STATUS),
                postback.lists(),
                rules,
                StatusRules.normal(workspaceMap));
    }

    private static StatusResolution resolve(
            @Nullable String word,
            @Nullable String unfilledKey,
            StatusLists lists,
            StatusRules rules,
            Map<String, StatusMeaning> workspaceMap) {
        if (word == null || word.isEmpty()) {
            return missing(unfilledKey, rules);
        }
        if (lists.ignored().contains(word)) {
            return new Known(word, new StatusMeaning.Ignore(), By.REQUEST_IGNORE_LIST);
        }
        String listed = lists.statusOf(word);
        ConversionStatus fromList = listed == null ? null : rules.named(listed);
        if (fromList != null) {
            return new Known(word, new StatusMeaning.Conversion(fromList), By.REQUEST_LIST);
        }
        StatusMeaning mapped = rules.map().get(word);
        if (mapped != null) {
            return new Known(word, mapped, By.SOURCE_MAP);
        }
        mapped = workspaceMap.get(word);
        if (mapped != null) {
            return new Known(word, mapped, By.WORKSPACE_MAP);
        }
        ConversionStatus named = rules.named(word);
        if (named != null) {
            return new Known(word, new StatusMeaning.Conversion(named), By.NAME);
        }
        Votes votes = StatusVocabulary.builtIn().votes(word);
        ConversionStatus agreed = votes.agreed();
        if (agreed != null) {
            return new Known(word, new StatusMeaning.Conversion(agreed), By.VOCABULARY);
        }
        return new Unmapped(word, votes.isContested() ? "ambiguous_status" : "unknown_status", votes);
    }

    /**
     * Without a status only the source's own word counts. A status that arrived as a bare macro is no missing one: the
     * sender meant to say something, so nothing is assumed.
     */
    private static StatusResolution missing(@Nullable String unfilledKey, StatusRules rules) {
        if (unfilledKey != null) {
            return new Unmapped(null, Note.UNFILLED + ":" + unfilledKey, Votes.none(""));
        }
        StatusMeaning meaning = rules.whenMissing();
        return meaning == null
                ? new Unmapped(null, "missing_status", Votes.none(""))
                : new Known("", meaning, By.DEFAULT);
    }
}
