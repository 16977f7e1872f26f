package kembali.intake;

import java.util.List;
import java.util.Map;
import kembali.postback.Fingerprint;
import kembali.postback.Postback;
import kembali.postback.SourceRules;
import kembali.postback.StatusMeaning;
import org.jspecify.annotations.Nullable;

/**
 * Whose postbacks these are, and all that decides how they are handled.
 *
 * @param rules the source's
 * @param workspaceMap status word to meaning, for all sources of the workspace
 * @param pipeline the workspace's statuses, first to last
 * @param country ISO 3166-1 alpha-2 whose local phone numbers may come
 * @param quarantine whether everything is recorded and nothing sent on, until somebody has looked at it
 */
public record PostbackSource(
        int workspaceId,
        SourceRules rules,
        Map<String, StatusMeaning> workspaceMap,
        List<String> pipeline,
        String country,
        boolean quarantine) {
    public PostbackSource {
        workspaceMap = Map.copyOf(workspaceMap);
        pipeline = List.copyOf(pipeline);
    }

    public String id() {
        return rules.sourceId();
    }

    /** Why nothing of this postback is sent on; null when it may be. */
    public @Nullable String silence(Postback p) {
        if (p.switches().test()) {
            return "test";
        }
        if (p.switches().forwardNothing()) {
            return "disable_postback";
        }
        if (quarantine) {
            return "quarantine";
        }
        return rules.handling().forwardNothing() ? "forward_nothing" : null;
    }

    /** How this postback is handled. */
    public SourceRules.Handling handling(Postback p) {
        SourceRules.Handling h = rules.handling();
        return silence(p) == null || h.forwardNothing()
                ? h
                : new SourceRules.Handling(h.duplicates(), true, h.strict(), h.reportRejected(), h.matchContact());
    }

    /** Its name among requests. A test is no twin of the real one. */
    public String fingerprint(Postback p) {
        return Fingerprint.of(p.switches().test() ? id() + "/test" : id(), p);
    }
}
