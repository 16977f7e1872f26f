/**
 * The addresses of campaign links: {@code /c/{alias}} and {@code /{alias}}, which lead on, and the click API for landings
 * elsewhere. Handlers run on event loops and answer from memory; a click goes through intake as {@code CampaignClicked},
 * and only then do they answer. How links and macros are read is {@link kembali.campaign}'s.
 */
@NullMarked
package kembali.capture.campaign;

import org.jspecify.annotations.NullMarked;
