package kembali.identity;

/**
 * What a person said about the use of their data for advertising, in the words of Consent Mode v2.
 *
 * @param adUserData whether personal data may be sent to platforms at all; denied stops every send
 * @param adPersonalization whether platforms may personalise ads with it
 */
public record Consent(Choice adUserData, Choice adPersonalization) {
    public static final Consent UNKNOWN = new Consent(Choice.UNKNOWN, Choice.UNKNOWN);

    /** One answer; {@code UNKNOWN} until the person has said something. */
    public enum Choice {
        GRANTED,
        DENIED,
        UNKNOWN
    }

    /** The latest explicit answer wins; an unknown never overwrites one. */
    public Consent updatedBy(Consent newer) {
        return new Consent(
                newer.adUserData != Choice.UNKNOWN ? newer.adUserData : adUserData,
                newer.adPersonalization != Choice.UNKNOWN ? newer.adPersonalization : adPersonalization);
    }
}
