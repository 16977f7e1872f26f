package kembali.platform.tiktok;

/** Writes the members of TikTok's objects, of which most may be missing. */
final class TikTokJson {
    private TikTokJson() {}

    /** {@code "name":}, after a comma unless the object was only just opened. */
    static StringBuilder key(StringBuilder out, String name) {
        if (out.length() > 0 && out.charAt(out.length() - 1) != '{') {
            out.append(',');
        }
        return out.append('"').append(name).append("\":");
    }
}
