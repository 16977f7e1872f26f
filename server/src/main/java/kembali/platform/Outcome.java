package kembali.platform;

import java.util.List;

/** What became of one event at one platform. */
public sealed interface Outcome {
    /** The platform took all of it. */
    record Accepted() implements Outcome {}

    /** The request was taken, but the platform complained about parts of it. Not sent again. */
    record PartialFailure(List<Reason> complaints) implements Outcome {
        public PartialFailure {
            complaints = List.copyOf(complaints);
        }
    }

    /** Not taken. {@code retry} says whether the same bytes can end better later. */
    record Failed(Reason reason, Retry retry) implements Outcome {}
}
