package kembali.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SitesTest {
    @Test
    void cookiesAreSetForTheBrandsDomainThatOurHostLiesBelow() {
        List<String> domains = List.of("shop.brand.example", "brand.example", "other.example");
        assertThat(Sites.cookieDomain(domains, "link.brand.example")).isEqualTo("brand.example");
        assertThat(Sites.cookieDomain(domains, "brand.example")).isEqualTo("brand.example");
        assertThat(Sites.cookieDomain(domains, "link.shop.brand.example"))
                .as("the widest, so that all pages see them")
                .isEqualTo("brand.example");
    }

    @Test
    void otherwiseTheyAreOurHostsAlone() {
        assertThat(Sites.cookieDomain(List.of("brand.example"), "hub.elsewhere.example"))
                .isNull();
        assertThat(Sites.cookieDomain(List.of("brand.example"), "notbrand.example"))
                .isNull();
        assertThat(Sites.cookieDomain(List.of(), "link.brand.example")).isNull();
        assertThat(Sites.cookieDomain(List.of("brand.example"), null)).isNull();
    }
}
