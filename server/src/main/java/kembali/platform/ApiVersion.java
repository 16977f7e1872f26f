package kembali.platform;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A version of a platform's interface, with its end: data, so that people hear of it before it is switched off.
 *
 * @param api the interface's name: {@code Google Ads API}
 * @param version as it stands in addresses or headers: {@code v26}
 * @param endsOn the first day on which it may be refused, UTC; null when no end is announced
 * @param tentative true while the platform has announced no exact day
 */
public record ApiVersion(
        String api, String version, @Nullable LocalDate endsOn, boolean tentative) {}
