package kembali.platform.s2s;

import kembali.platform.Reason;

/** The reasons only S2S postbacks have; the shared ones are in {@link kembali.platform.Reasons}. */
final class S2sReasons {
    private S2sReasons() {}

    // Before sending.
    static final Reason NO_EXTERNAL_ID = new Reason(
            "no_external_id",
            "The source's own click id is not known, and without it the source cannot tell which click this was.",
            "Give the campaign a parameter for the slot external_id, with the source's macro for its click id as its token,"
                    + " and use the link it shows in the ads. A target that wants all conversions says require: nothing.");
    static final Reason STATUS_NOT_CHOSEN = new Reason(
            "status_not_chosen",
            "The target is not told of this status.",
            "Add the status to the pixel's statuses if the source wants to know, then retry this entry.");
    static final Reason BELOW_MINIMUM = new Reason(
            "below_minimum_payout",
            "The conversion is worth less than the pixel's minimum payout.",
            "Nothing to do, or lower the pixel's minimumPayout and retry this entry.");

    // Answers.
    static final Reason TARGET_REFUSED = new Reason(
            "target_refused",
            "The target refused the postback.",
            "Read its words in the stored answer. Correct the URL, the secret or the headers, try it with a real click"
                    + " (drill), then retry this entry.");
    static final Reason NOT_TAKEN = new Reason(
            "answer_says_no",
            "The target answered, but not with what the pixel says success looks like.",
            "Read the stored answer. If it means success, correct the pixel's success settings; then retry this entry.");
    static final Reason REDIRECTED = new Reason(
            "redirected_too_often",
            "The target sent us on more often than we follow, or to no address.",
            "Enter the address it leads to in the end; then retry this entry.");
}
