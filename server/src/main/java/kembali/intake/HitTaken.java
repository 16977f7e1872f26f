package kembali.intake;

import kembali.identity.ClickIds;
import org.jspecify.annotations.Nullable;

/**
 * What became of a hit of the page tracker.
 *
 * @param code the visitor's
 * @param duplicate true when it had been taken before and nothing was changed
 * @param mayKeepCookies whether advertising cookies may be kept in this browser, and ours beyond the visit
 * @param fbclid the click the page was opened with, as the store knows it: a copied link's is marked as shared
 */
public record HitTaken(String code, boolean duplicate, boolean mayKeepCookies, ClickIds.@Nullable ClickId fbclid) {}
