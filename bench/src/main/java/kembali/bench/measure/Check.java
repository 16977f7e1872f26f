package kembali.bench.measure;

/**
 * Something that must be true whatever the speed; a benchmark with a false one ends with 1.
 *
 * @param detail the figures it was judged by
 */
public record Check(String what, boolean ok, String detail) {}
