package kembali.intake;

/**
 * Which fact of which request of which source.
 *
 * @param requestId the request that tells it this time
 * @param key keyed hash of what the provider calls it; the same fact told again has the same one
 * @param replayed somebody asked for the request to be read again: a form applied before is applied over itself
 */
public record FactRef(int workspaceId, String sourceId, String requestId, long key, boolean replayed) {}
