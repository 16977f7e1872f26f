package kembali.demo.drive;

/** Told how far a part of the demo is. */
public interface Progress {
    /**
     * @param done of {@code all}
     * @param doing what is being done, in a few words
     */
    void at(int done, int all, String doing);
}
