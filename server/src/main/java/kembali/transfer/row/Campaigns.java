package kembali.transfer.row;

import org.jspecify.annotations.Nullable;

/** The workspace's campaign links, as files name them. */
@FunctionalInterface
public interface Campaigns {
    /** The id of the campaign of that id, alias, name or token; null when there is none. */
    @Nullable String find(String name);
}
