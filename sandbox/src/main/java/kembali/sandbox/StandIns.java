package kembali.sandbox;

import java.util.List;
import kembali.sandbox.google.GoogleAccounts;
import kembali.sandbox.google.GoogleKnown;
import kembali.sandbox.google.ads.GoogleAdsStandIn;
import kembali.sandbox.google.datamanager.DataManagerStandIn;
import kembali.sandbox.google.ga4.Ga4StandIn;
import kembali.sandbox.google.oauth.GoogleOauthStandIn;
import kembali.sandbox.linkedin.LinkedInStandIn;
import kembali.sandbox.meta.MetaStandIn;
import kembali.sandbox.s2s.S2sStandIn;
import kembali.sandbox.tiktok.TikTokStandIn;
import org.jspecify.annotations.Nullable;

/** The platforms of this sandbox. A new platform is a new folder and one more line here. */
final class StandIns {
    private final List<StandIn> all;

    StandIns(SandboxOptions options, Tokens tokens, Ledger ledger) {
        GoogleKnown known = new GoogleKnown();
        GoogleAccounts accounts = new GoogleAccounts();
        all = List.of(
                new MetaStandIn(options, tokens, ledger),
                new Ga4StandIn(options, tokens, known),
                new DataManagerStandIn(options, tokens, ledger, known, accounts),
                new GoogleAdsStandIn(options, tokens, ledger, known, accounts),
                new GoogleOauthStandIn(options, tokens),
                new TikTokStandIn(options, tokens),
                new LinkedInStandIn(options, tokens),
                new S2sStandIn());
    }

    List<StandIn> all() {
        return all;
    }

    @Nullable StandIn serving(String path) {
        for (StandIn standIn : all) {
            if (standIn.serves(path)) {
                return standIn;
            }
        }
        return null;
    }
}
