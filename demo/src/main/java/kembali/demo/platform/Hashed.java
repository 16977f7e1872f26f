package kembali.demo.platform;

/**
 * A hash that travelled.
 *
 * @param what {@code em}, {@code ph}, {@code fn}, {@code ln} or {@code ct}: e-mail, phone, names, city
 */
public record Hashed(String what, String hash) {}
