package kembali.transfer;

import java.util.List;
import kembali.intake.ConversionImported;
import kembali.intake.Intake.Domain;
import kembali.intake.LeadImported.Effect;
import kembali.postback.Result;
import kembali.store.Tx;
import kembali.transfer.row.ConversionRow;
import kembali.visitor.Visitors;
import org.jooq.DSLContext;

/** Conversions are booked as if a network had reported them. */
final class ConversionSink implements RowSink<ConversionRow> {
    private final ConversionForesight foresight;
    private final List<String> pipeline;
    private final String country;

    /**
     * @param pipeline the workspace's statuses, first to last
     * @param country whose local phone numbers the file may have
     */
    ConversionSink(int workspaceId, Visitors visitors, List<String> pipeline, String country) {
        foresight = new ConversionForesight(workspaceId, visitors);
        this.pipeline = List.copyOf(pipeline);
        this.country = country;
    }

    @Override
    public Taken take(ConversionRow row, Domain domain, Tx tx) {
        Result result = new ConversionImported(
                        row.workspaceId(), row.postback(), row.meaning(), row.at(), row.report(), pipeline, country)
                .apply(domain, tx);
        return new Taken(effect(result), ConversionImported.remark(result));
    }

    private static Effect effect(Result result) {
        return result instanceof Result.Booked b
                ? b.word().equals("recorded") ? Effect.CREATED : Effect.UPDATED
                : Effect.UNCHANGED;
    }

    @Override
    public List<Taken> foresee(List<ConversionRow> rows, DSLContext sql) {
        return foresight.foresee(rows, sql);
    }
}
