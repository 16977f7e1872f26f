package kembali.demo.sample;

import org.jspecify.annotations.Nullable;

/**
 * A chat that began with a click-to-WhatsApp ad of Meta's.
 *
 * @param click its {@code ctwa_clid}
 * @param account the WhatsApp Business Account of the agent's number; null when it is not written down
 */
public record Chat(String click, @Nullable String account) {}
