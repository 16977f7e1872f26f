package kembali.account;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

class LinkDomainsPropertiesTest {
    @Property(tries = 3_000)
    void anyTextIsAHostNameOrNone(@ForAll @StringLength(max = 80) String written) {
        String host = LinkDomains.normalised(written + ".example");
        if (host != null) {
            assertThat(host).matches("[a-z0-9.-]+").doesNotContain("..").hasSizeLessThanOrEqualTo(253);
            assertThat(LinkDomains.normalised(host)).isEqualTo(host);
        }
    }
}
