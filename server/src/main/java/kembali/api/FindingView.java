package kembali.api;

import kembali.campaign.Finding;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Something about a link or a template that its owner should know.
 *
 * @param about the key, macro or host it is about; empty when it is the whole
 */
public record FindingView(
        String code,

        @Schema(description = "refused, loses, mended or hint, the worst first")
        String weight,

        String about,
        String sentence,
        String fix) {
    static FindingView of(Finding f) {
        return new FindingView(f.code(), f.weight().code(), f.about(), f.sentence(), f.fix());
    }
}
