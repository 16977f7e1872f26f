package kembali.store;

import java.sql.SQLException;

/** The database failed: infrastructure, not input. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreException(SQLException cause) {
        super(cause.getMessage(), cause);
    }
}
