package kembali.http;

import jakarta.enterprise.context.RequestScoped;

/** Who is calling: set by {@link Authentication} before any route runs. */
@RequestScoped
public class Caller {
    private int workspaceId;
    private String actor = "";

    void set(int workspace, String who) {
        workspaceId = workspace;
        actor = who;
    }

    /** The workspace the key belongs to. */
    public int workspaceId() {
        if (workspaceId == 0) {
            throw new IllegalStateException("the route was reached without authentication");
        }
        return workspaceId;
    }

    /** Whom to name in the audit log. */
    public String actor() {
        return actor;
    }
}
