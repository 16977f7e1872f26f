package kembali.campaign;

/**
 * One of the places a campaign leads to.
 *
 * @param id stable while weights and addresses change
 * @param url with macros
 * @param weight its share of new visitors beside the others', 0 to 1,000; 0 takes none
 */
public record Destination(String id, String url, int weight) {
    public static final int MAX_WEIGHT = 1_000;

    /** @throws IllegalArgumentException when the weight is out of range */
    public Destination {
        if (weight < 0 || weight > MAX_WEIGHT) {
            throw new IllegalArgumentException("A weight is 0 to " + MAX_WEIGHT + ", not " + weight + ".");
        }
    }
}
