package kembali.visitor;

/** Told, once it is committed, of something others may have named before it was there. */
@FunctionalInterface
public interface Arrivals {
    /**
     * Called on the writer's thread: keep it short.
     *
     * @param name a click's id, or a caller's own reference
     */
    void arrived(int workspaceId, String name);
}
