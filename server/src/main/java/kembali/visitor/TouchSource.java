package kembali.visitor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import kembali.visitor.ReferringSites.Site;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a visitor, and how. Strongest evidence first: a click id of the visitor's own, the
 * advertiser's UTM words, a click id of a strange shape, the referring host.
 *
 * @param platform null when no platform we know sent the visitor
 * @param channel one of {@link Channels}
 */
record TouchSource(@Nullable String platform, String channel) {
    static final TouchSource DIRECT = new TouchSource(null, Channels.DIRECT);

    /** Media that mean a bought visit, without the dashes and underscores people vary. */
    private static final Set<String> PAID_MEDIA =
            Set.of("cpc", "ppc", "paid", "paidsocial", "paidsearch", "cpm", "display");

    private static final Set<String> SOCIAL_MEDIA = Set.of("social", "socialnetwork", "socialmedia", "sm");
    private static final Set<String> EMAIL_MEDIA = Set.of("email", "newsletter");

    static TouchSource of(ClickIds ids, Utm utm, AdFields ad, @Nullable String externalHost) {
        String medium =
                Utm.comparable(utm.medium()).replace("-", "").replace("_", "").replace(" ", "");
        boolean paidMedium = PAID_MEDIA.contains(medium);
        Site tagged = ReferringSites.ofUtmSource(utm.source());

        ClickParameter click = deciding(ids, false, tagged);
        if (click == null && !(paidMedium && tagged != null)) {
            click = deciding(ids, true, tagged);
        }
        if (click != null) {
            boolean paid = click.provesAd() || paidMedium || ad.identifiesAd();
            return new TouchSource(click.platform(), paid ? Channels.PAID : Channels.ORGANIC_SOCIAL);
        }

        Site referring = externalHost == null ? null : ReferringSites.ofHost(externalHost);
        if (!utm.isEmpty()) {
            Site site = tagged != null || utm.source() != null ? tagged : referring;
            String platform = site == null ? null : site.platform();
            return new TouchSource(platform, paidMedium ? Channels.PAID : unpaidChannel(medium, site));
        }
        if (referring != null) {
            return new TouchSource(referring.platform(), referring.channel());
        }
        return externalHost == null ? DIRECT : new TouchSource(null, Channels.REFERRAL);
    }

    /** The click id that decides, among those of this visitor's own; null when there is none. */
    private static @Nullable ClickParameter deciding(ClickIds ids, boolean suspicious, @Nullable Site tagged) {
        List<ClickParameter> own = own(ids, suspicious);
        if (tagged != null) {
            for (ClickParameter parameter : own) {
                if (parameter.platform().equals(tagged.platform())) {
                    return parameter;
                }
            }
        }
        // A fbclid is appended last, to whatever link is shared on Facebook: any other own id is the ad.
        return own.isEmpty() ? null : own.getFirst();
    }

    private static List<ClickParameter> own(ClickIds ids, boolean suspicious) {
        var own = new ArrayList<ClickParameter>(2);
        if (!ids.isEmpty()) {
            for (ClickParameter parameter : ClickParameter.ALL) {
                ClickId id = ids.get(parameter.name());
                if (id != null && !id.shared() && id.suspicious() == suspicious) {
                    own.add(parameter);
                }
            }
        }
        return own;
    }

    private static String unpaidChannel(String medium, @Nullable Site site) {
        if (EMAIL_MEDIA.contains(medium)) {
            return Channels.EMAIL;
        }
        if (SOCIAL_MEDIA.contains(medium)) {
            return Channels.ORGANIC_SOCIAL;
        }
        if (medium.equals("referral")) {
            return Channels.REFERRAL;
        }
        if (medium.equals("organic")) {
            return site == null ? Channels.ORGANIC_SEARCH : site.channel();
        }
        return medium.isEmpty() && site != null ? site.channel() : Channels.CAMPAIGN;
    }
}
