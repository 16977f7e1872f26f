package kembali.platform;

/**
 * How much one identifier helps a platform to recognise a person, by our own judgement and not the platform's.
 *
 * @param key the identifier in the platform's spelling, as in {@link Prepared.Ready#matchKeys()}: {@code em}
 * @param weight 1 to 10; the score of an event is the sum of its keys' weights, at most 10
 * @param howToGet what somebody can do to have it next time, in one sentence
 */
public record MatchWeight(String key, int weight, String howToGet) {}
