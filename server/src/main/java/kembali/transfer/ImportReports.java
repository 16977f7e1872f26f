package kembali.transfer;

import static kembali.store.schema.Tables.IMPORT_REPORT;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import kembali.store.StoreException;
import kembali.store.Tx;
import kembali.support.Json;
import kembali.support.Secrets;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** What is said of rows, stored with them: one compressed, sealed piece for those taken together. */
final class ImportReports {
    private static final TypeReference<List<ReportLine>> LINES = new TypeReference<>() {};

    private final Secrets secrets;

    ImportReports(Secrets secrets) {
        this.secrets = secrets;
    }

    /** A piece of a report. */
    record Piece(long firstRow, List<ReportLine> lines) {}

    /** What is said of the rows from that one on, ready to be stored. */
    byte[] sealed(String importId, long firstRow, List<ReportLine> lines) {
        var out = new ByteArrayOutputStream();
        try (var packed = new DeflaterOutputStream(out, new Deflater(Deflater.BEST_SPEED))) {
            packed.write(Json.writeBytes(lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return secrets.seal(out.toByteArray(), place(importId, firstRow));
    }

    static void add(Tx tx, int workspaceId, String importId, long firstRow, byte[] sealed) {
        try {
            PreparedStatement p = tx.prepared(
                    "insert into import_report (workspace_id, import_id, first_row, content) values (?, ?, ?, ?)");
            p.setInt(1, workspaceId);
            p.setString(2, importId);
            p.setLong(3, firstRow);
            p.setBytes(4, sealed);
            p.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** The next piece after that row; null at the end. */
    @Nullable Piece after(DSLContext sql, int workspaceId, String importId, long row) {
        var r = sql.selectFrom(IMPORT_REPORT)
                .where(
                        IMPORT_REPORT.WORKSPACE_ID.eq(workspaceId),
                        IMPORT_REPORT.IMPORT_ID.eq(importId),
                        IMPORT_REPORT.FIRST_ROW.gt(row))
                .orderBy(IMPORT_REPORT.FIRST_ROW)
                .limit(1)
                .fetchOne();
        return r == null ? null : new Piece(r.getFirstRow(), lines(importId, r.getFirstRow(), r.getContent()));
    }

    private List<ReportLine> lines(String importId, long firstRow, byte[] sealed) {
        byte[] packed = secrets.open(sealed, place(importId, firstRow));
        try (var in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
            return Json.STORED.readValue(in, LINES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void forget(DSLContext sql, int workspaceId, String importId) {
        sql.deleteFrom(IMPORT_REPORT)
                .where(IMPORT_REPORT.WORKSPACE_ID.eq(workspaceId), IMPORT_REPORT.IMPORT_ID.eq(importId))
                .execute();
    }

    private static String place(String importId, long firstRow) {
        return "import/" + importId + "/" + firstRow;
    }
}
