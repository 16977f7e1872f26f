package kembali.platform;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one event at one platform. */
public sealed interface Outcome {
    /**
     * The platform took all of it.
     *
     * @param detail something worth knowing all the same, such as that the platform does not validate; null for nothing
     */
    record Accepted(@Nullable Reason detail) implements Outcome {
        public Accepted() {
            this(null);
        }
    }

    /**
     * The platform took the request and judges it later. It counts as accepted until then.
     *
     * @param receipt what to ask with, see {@link FollowUp}
     * @param detail said in the meantime
     */
    record Processing(String receipt, Reason detail) implements Outcome {}

    /** The request was taken, but the platform complained about parts of it. Not sent again. */
    record PartialFailure(List<Reason> complaints) implements Outcome {
        public PartialFailure {
            complaints = List.copyOf(complaints);
        }
    }

    /** Not taken. {@code retry} says whether the same bytes can end better later. */
    record Failed(Reason reason, Retry retry) implements Outcome {}
}
