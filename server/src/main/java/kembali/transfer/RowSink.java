package kembali.transfer;

import java.util.List;
import kembali.intake.Intake.Domain;
import kembali.intake.LeadImported.Effect;
import kembali.store.Tx;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** What is done with the rows of one file. Made for one run, used by one thread at a time. */
public interface RowSink<R> {
    /**
     * What became of a row.
     *
     * @param remark what its owner should know of it; null when there is nothing
     */
    record Taken(Effect effect, @Nullable String remark) {
        public static Taken of(Effect effect) {
            return new Taken(effect, null);
        }
    }

    /** Says which rows of the database {@link #take} will look up. Optional. */
    default void announce(R row, Domain domain, Tx tx) {}

    /**
     * Takes a row.
     *
     * @throws kembali.support.Refusal only before its first change
     */
    Taken take(R row, Domain domain, Tx tx);

    /** What would become of these rows, in their order. Changes nothing. */
    List<Taken> foresee(List<R> rows, DSLContext sql);
}
