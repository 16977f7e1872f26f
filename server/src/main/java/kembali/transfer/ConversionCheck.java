package kembali.transfer;

import java.util.List;
import kembali.intake.Intake.Domain;
import kembali.store.Tx;
import kembali.support.Refusal;
import kembali.transfer.row.ConversionRow;
import kembali.visitor.Visitors;
import org.jooq.DSLContext;

/** Conversions are looked at, and booked by nobody: for servers without conversions. */
final class ConversionCheck implements RowSink<ConversionRow> {
    private final ConversionForesight foresight;

    ConversionCheck(int workspaceId, Visitors visitors) {
        foresight = new ConversionForesight(workspaceId, visitors);
    }

    @Override
    public Taken take(ConversionRow row, Domain domain, Tx tx) {
        throw Refusal.invalid("kind", "conversions can be checked here, and not booked");
    }

    @Override
    public List<Taken> foresee(List<ConversionRow> rows, DSLContext sql) {
        return foresight.foresee(rows, sql);
    }
}
