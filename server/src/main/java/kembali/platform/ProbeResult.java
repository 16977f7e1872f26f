package kembali.platform;

/**
 * What Test Connection found.
 *
 * @param ok true when events can be delivered as things stand
 * @param verdict stable word: {@code connected}, {@code token_invalid}, {@code pixel_not_found}, …
 * @param message one sentence
 * @param fix what to do; empty when {@code ok}
 */
public record ProbeResult(boolean ok, String verdict, String message, String fix) {}
