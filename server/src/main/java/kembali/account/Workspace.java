package kembali.account;

import java.time.Instant;

/**
 * One advertiser's or brand's own space.
 *
 * @param id small number, 1 for the first workspace of an installation
 * @param trackerKey public key of the page script, {@code WS-…}
 * @param defaultCountry ISO 3166-1 alpha-2; local phone numbers are read with it
 * @param currency ISO 4217, for values said without one
 * @param timezone IANA zone in which dates are shown
 * @param language {@code id} or {@code en}
 * @param web its own web sites, and what a page of them may do
 */
public record Workspace(
        int id,
        String name,
        String trackerKey,
        String defaultCountry,
        String currency,
        String timezone,
        String language,
        WebSettings web,
        Instant createdAt,
        Instant updatedAt) {}
