package kembali.intake;

import kembali.intake.Intake.Domain;
import kembali.ledger.ReceivedPostback.Arrival;
import kembali.ledger.ReceivedPostback.Outcome;
import kembali.ledger.SourceDays;
import kembali.postback.Result;
import kembali.store.Tx;

/** A request with a good key that is not read: it leaves a row in the log of received postbacks. */
public record PostbackRefused(Arrival arrival, Result result) implements Intake.Command<Result> {
    @Override
    public Result apply(Domain domain, Tx tx) {
        domain.ledger().received().in(tx).add(arrival, Outcome.of(result), null);
        tx.afterCommit(
                () -> domain.ledger().days().count(arrival.sourceId(), arrival.receivedAt(), SourceDays.End.REFUSED));
        return result;
    }
}
