package kembali.sandbox;

import java.util.List;
import kembali.sandbox.linkedin.LinkedInStandIn;
import kembali.sandbox.meta.MetaStandIn;
import org.jspecify.annotations.Nullable;

/** The platforms of this sandbox. A new platform is a new folder and one more line here. */
final class StandIns {
    private final List<StandIn> all;

    StandIns(SandboxOptions options, Tokens tokens, Ledger ledger) {
        all = List.of(new MetaStandIn(options, tokens, ledger), new LinkedInStandIn(options, tokens));
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
