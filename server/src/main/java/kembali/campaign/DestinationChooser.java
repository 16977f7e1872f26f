package kembali.campaign;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among weighted destinations: the same visitor always gets the same one, without anything being stored, and when
 * a destination is added, removed or weighted anew only those visitors move who have to.
 *
 * <p>Weighted rendezvous hashing: every destination draws a number for the visitor, evenly distributed and turned by its
 * weight, and the smallest wins.
 */
public final class DestinationChooser {
    private final List<Destination> destinations;
    private final long[] seeds;

    /** @param campaignId so that one visitor does not get the first destination of every campaign */
    public DestinationChooser(String campaignId, List<Destination> destinations) {
        this.destinations = destinations.stream().filter(d -> d.weight() > 0).toList();
        this.seeds = new long[this.destinations.size()];
        for (int i = 0; i < seeds.length; i++) {
            seeds[i] = hash(
                    hash(0xcbf29ce484222325L, campaignId),
                    this.destinations.get(i).id());
        }
    }

    /**
     * The visitor's destination; null when none takes visitors.
     *
     * @param visitor what the visitor is known by on every visit: the code, else the click id
     */
    public @Nullable Destination choose(String visitor) {
        if (seeds.length <= 1) {
            return seeds.length == 0 ? null : destinations.getFirst();
        }
        Destination best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < seeds.length; i++) {
            Destination d = destinations.get(i);
            // 53 bits, shifted off zero: a number above 0 and below 1.
            double drawn = ((mix(hash(seeds[i], visitor)) >>> 11) + 0.5) * 0x1.0p-53;
            double turned = -StrictMath.log(drawn) / d.weight(); // exact on every machine: nodes must agree
            if (turned < least) {
                least = turned;
                best = d;
            }
        }
        return best;
    }

    /** FNV-1a over the characters. */
    private static long hash(long seed, String text) {
        long h = seed;
        for (int i = 0; i < text.length(); i++) {
            h = (h ^ text.charAt(i)) * 0x100000001b3L;
        }
        return (h ^ 0xff) * 0x100000001b3L;
    }

    /** The finalizer of MurmurHash3, which FNV's high bits need. */
    private static long mix(long h) {
        long x = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        x = (x ^ (x >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return x ^ (x >>> 33);
    }
}
