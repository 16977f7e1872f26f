package kembali.demo.platform;

/**
 * A hash that travelled.
 *
 * @param what {@code em}, {@code ph}, {@code fn}, {@code ln}, {@code ct}, {@code zp}, {@code country} or {@link #ID}:
 *     e-mail, phone, names, city, postal code, country, our own id of the person
 */
public record Hashed(String what, String hash) {
    static final String ID = "id";
}
