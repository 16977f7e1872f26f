package kembali.demo.sample;

import org.jspecify.annotations.Nullable;

/**
 * Somebody of the shop who answers chats.
 *
 * @param phone as typed
 * @param account the WhatsApp Business Account of the number, where it is written down
 */
public record Agent(String name, String phone, @Nullable String account) {}
