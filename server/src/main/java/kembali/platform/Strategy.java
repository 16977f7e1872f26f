package kembali.platform;

/** How much evidence of an ad click a platform event needs before it is sent. */
public enum Strategy {
    /** Only what the platform can attribute: an ad click id of its own, or the like. */
    STRICT,
    /** Everything the platform will accept. */
    SEND_ALL
}
