package kembali.capture.rotator;

/** How a rotator shares new visitors among its agents. */
public enum Distribution {
    /** One after the other; a weight only says whether (above 0) an agent takes part. */
    ROUND_ROBIN,

    /** By weight, spread evenly: weights 5, 1, 1 give a a b a c a a, never five in a row. */
    WEIGHTED
}
