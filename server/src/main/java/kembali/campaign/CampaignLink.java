package kembali.campaign;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A campaign's link for one source: what people paste into the source's form.
 *
 * @param address the campaign's address without parameters
 * @param parameters ready to paste, without a leading question mark; empty when there are none
 */
public record CampaignLink(String address, String parameters) {
    /** Both in one, for sources with a single field. */
    public String whole() {
        return parameters.isEmpty() ? address : address + "?" + parameters;
    }

    /**
     * Makes the link. Macros stand in it as the source wants them, constants are percent-encoded; parameters without a token
     * and click ids that the source adds by itself are left out.
     *
     * @param base scheme and host, perhaps with a path such as {@code /c}, without a slash at the end
     * @param alias null when the domain serves this one campaign at its root
     * @param source where the link goes; null when no template fits
     */
    public static CampaignLink of(
            String base, @Nullable Alias alias, List<CampaignParameter> parameters, @Nullable SourceTemplate source) {
        var query = new StringBuilder(256);
        for (CampaignParameter p : parameters) {
            boolean appended =
                    source != null && source.appended().contains(p.key().toLowerCase(Locale.ROOT));
            if (p.token().isBlank() || appended) {
                continue;
            }
            if (!query.isEmpty()) {
                query.append('&');
            }
            PercentEncoder.append(query, p.key());
            query.append('=');
            if (p.hasMacro()) {
                PercentEncoder.appendMacro(query, p.token().strip());
            } else {
                PercentEncoder.append(query, p.token().strip());
            }
        }
        String address = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        return new CampaignLink(address + "/" + (alias == null ? "" : alias.text()), query.toString());
    }
}
