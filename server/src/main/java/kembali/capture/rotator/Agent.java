package kembali.capture.rotator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A CS person's WhatsApp number.
 *
 * @param phone E.164
 * @param wabaId the WhatsApp Business account the number belongs to, if it is known
 * @param hours when they take chats; null means always
 */
public record Agent(
        int workspaceId,
        String id,
        String name,
        String phone,
        boolean active,
        @Nullable String wabaId,
        @Nullable HoursDoc hours,
        Instant createdAt,
        Instant updatedAt) {}
