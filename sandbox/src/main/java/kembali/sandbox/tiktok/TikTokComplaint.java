package kembali.sandbox.tiktok;

/**
 * Why TikTok refuses.
 *
 * @param status HTTP status; callers must not rely on it
 * @param code TikTok's number
 * @param message TikTok's words
 */
record TikTokComplaint(int status, int code, String message) {
    static final int PARAMETER = 40002;
    static final int NOT_HASHED = 40062;

    /** A refusal in the body of a successful answer, as most are. */
    static TikTokComplaint of(int code, String message) {
        return new TikTokComplaint(200, code, message);
    }

    /** A parameter of the wrong kind, its path first. */
    static TikTokComplaint parameter(String path, String what) {
        return of(PARAMETER, path + ": " + what);
    }

    /** Personal data in clear. */
    static TikTokComplaint notHashed(String path, String what) {
        return of(NOT_HASHED, path + " " + what);
    }

    /** A refusal that comes with HTTP 401. */
    static TikTokComplaint unauthorised(int code, String message) {
        return new TikTokComplaint(401, code, message);
    }
}
