package kembali.lead;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import kembali.store.Tx;

/** Beginnings of words of leads that are to be written. */
final class SearchRows {
    /** A new lead has some seventy, a group of commands up to a thousand leads. */
    private static final int WORDS_AT_ONCE = 2_000;

    /** A beginning of a word of a lead. */
    private record Word(int workspaceId, long token, String leadId) {}

    private final List<Word> words = new ArrayList<>();
    private final List<Lead> again = new ArrayList<>();

    /** A lead is found by these beginnings. @param before whether it was found by others until now */
    void put(Lead lead, Set<Long> tokens, boolean before) {
        if (before) {
            again.add(lead);
        }
        for (Long token : tokens) {
            words.add(new Word(lead.workspaceId(), token, lead.id()));
        }
    }

    /** Writes them, in the order of the index: a page of it is looked for once, not once for each lead of the group. */
    void write(Tx tx) throws SQLException {
        remove(tx);
        if (words.isEmpty()) {
            return;
        }
        words.sort(Comparator.comparingInt(Word::workspaceId)
                .thenComparingLong(Word::token)
                .thenComparing(Word::leadId));
        PreparedStatement p = tx.prepared(
                "insert into lead_search (workspace_id, token, lead_id) values (?, ?, ?) on conflict do nothing");
        int waiting = 0;
        for (Word w : words) {
            p.setInt(1, w.workspaceId);
            p.setLong(2, w.token);
            p.setString(3, w.leadId);
            p.addBatch();
            waiting++;
            if (waiting == WORDS_AT_ONCE) {
                p.executeBatch();
                waiting = 0;
            }
        }
        p.executeBatch();
        words.clear();
    }

    private void remove(Tx tx) throws SQLException {
        if (again.isEmpty()) {
            return;
        }
        PreparedStatement p = tx.prepared("delete from lead_search where workspace_id = ? and lead_id = ?");
        for (Lead lead : again) {
            p.setInt(1, lead.workspaceId());
            p.setString(2, lead.id());
            p.addBatch();
        }
        p.executeBatch();
        again.clear();
    }
}
