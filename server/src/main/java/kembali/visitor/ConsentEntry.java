package kembali.visitor;

import java.time.Instant;
import kembali.identity.Consent;

/**
 * One change of what a person said about the use of their data: the answer that stood from then on.
 *
 * @param recordedAt when we heard of it; {@link Consent#at} is when they said it
 */
public record ConsentEntry(String id, Instant recordedAt, Consent consent) {}
