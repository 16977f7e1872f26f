/**
 * The database: opening, migrating, reading, and the one writer with its group commit.
 *
 * <p>SQLite is the embedded default, PostgreSQL the other; the same statements run on both. What the
 * tables mean belongs to the features; here are only connections and transactions.
 *
 * <p>Limit that shapes the code: a durable commit costs a disk sync, so all work that waits at one
 * moment shares one transaction. See docs/decisions/0007-group-commit.md.
 */
@NullMarked
package kembali.store;

import org.jspecify.annotations.NullMarked;
