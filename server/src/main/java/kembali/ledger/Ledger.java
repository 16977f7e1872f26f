package kembali.ledger;

import kembali.support.Ids;
import kembali.support.Secrets;

/** All that postbacks left behind, put together. */
public final class Ledger {
    private final ConversionRows conversions;
    private final ReceivedPostbacks received;
    private final Fingerprints fingerprints;
    private final DuePostbacks due = new DuePostbacks();
    private final SourceDays days = new SourceDays();

    public Ledger(Secrets secrets, Ids ids) {
        conversions = new ConversionRows(ids);
        received = new ReceivedPostbacks(secrets, ids);
        fingerprints = new Fingerprints(secrets);
    }

    public ConversionRows conversions() {
        return conversions;
    }

    public ReceivedPostbacks received() {
        return received;
    }

    public Fingerprints fingerprints() {
        return fingerprints;
    }

    public DuePostbacks due() {
        return due;
    }

    public SourceDays days() {
        return days;
    }
}
