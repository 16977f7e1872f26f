package kembali.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One platform's host as its callers see it. Implementations judge a call and say what to answer;
 * they neither write to the socket nor keep what arrived.
 */
public interface StandIn {
    /** The platform's word in the control API, for example {@code meta}. */
    String platform();

    /** Whether a path belongs to this platform. The first stand-in of the list that says yes answers. */
    boolean serves(String path);

    /**
     * The pixel (dataset, conversion action, …) a call is meant for, or null when it names none. A
     * platform that names it in the path must not touch the body: then a reset happens before the
     * body is read.
     */
    @Nullable String pixelOf(Call call);

    /** Whether a call only asks and changes nothing; faults leave such calls alone unless they are meant, too. */
    default boolean reads(Call call) {
        return call.method().equals("GET");
    }

    /** Accepts or refuses the call as the real platform would. Pure but for trace ids. */
    Judgement judge(Call call);

    /** What the platform answers while a {@code throttle}, {@code fail} or {@code revoke} fault is on. */
    Reply faultReply(Fault fault, Call call);

    /**
     * An accepted call as a {@code partial} or {@code slow_processing} fault leaves it, in the platform's
     * own words. A platform that processes at once has nothing to do for {@code slow_processing}.
     */
    Judgement.Accepted disturbed(Judgement.Accepted whole, Fault fault, Call call);

    /**
     * Learns plain personal data the caller is going to send hashed, so that wrong normalisation can
     * be told from right.
     *
     * @param plain object of match key to array of plain values, such as {@code {"em":["A@b.id"]}}
     * @return how many values were learned; keys of other platforms are passed over
     * @throws IllegalArgumentException with a sentence for the caller when the shape is wrong
     */
    int learn(JsonNode plain);

    /** Forgets everything {@link #learn} took in. */
    void forget();

    /**
     * Takes instructions only this platform understands, such as which accounts it knows.
     *
     * @return what the caller is told
     * @throws IllegalArgumentException with a sentence for the caller when they make no sense
     */
    default ObjectNode instruct(ObjectNode instructions) {
        throw new IllegalArgumentException(platform() + " takes no instructions");
    }

    /** Forgets all instructions. */
    default void reset() {}
}
