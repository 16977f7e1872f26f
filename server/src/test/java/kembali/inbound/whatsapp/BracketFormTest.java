package kembali.inbound.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import kembali.inbound.JsonTree;
import org.junit.jupiter.api.Test;

class BracketFormTest {
    @Test
    void readsBracketKeysAsATree() {
        JsonTree tree = tree("leads[status][0][id]=7&leads%5Bstatus%5D%5B1%5D%5Bid%5D=8&account[subdomain]=tokoku");

        assertThat(tree.at("account", "subdomain").text()).isEqualTo("tokoku");
        assertThat(tree.at("leads", "status").each())
                .extracting(lead -> lead.text("id"))
                .containsExactly("7", "8");
    }

    @Test
    void decodesOnce() {
        JsonTree tree = tree("a=1+2%2B3&b=%2541&c=100%&d=%zz&e&=f&&g=h=i&j=caf%C3%A9");

        assertThat(tree.text("a")).isEqualTo("1 2+3");
        assertThat(tree.text("b")).isEqualTo("%41");
        assertThat(tree.text("c")).isEqualTo("100%");
        assertThat(tree.text("d")).isEqualTo("%zz");
        assertThat(tree.get("e").isThere()).isTrue();
        assertThat(tree.text("g")).isEqualTo("h=i");
        assertThat(tree.text("j")).isEqualTo("café");
    }

    @Test
    void takesABrokenKeyAsItIs() {
        JsonTree tree = tree("a[b=1&c]=2&[d]=3&e[f]g=4");

        assertThat(tree.text("a[b")).isEqualTo("1");
        assertThat(tree.text("c]")).isEqualTo("2");
        assertThat(tree.text("[d]")).isEqualTo("3");
        assertThat(tree.text("e[f]g")).isEqualTo("4");
    }

    @Test
    void survivesAKeyThatIsAValueAndATree() {
        assertThat(tree("a=1&a[b]=2").at("a", "b").text()).isEqualTo("2");
        assertThat(tree("a[b]=2&a=1").text("a")).isEqualTo("1");
        assertThat(tree("a[]=1&a[]=2").get("a").each()).hasSize(2);
    }

    @Test
    void writesFieldsByNameAndThenValueWithoutRepeating() {
        assertThat(BracketForm.parse("b=2&a=x&a=w&a=x&c=".getBytes(StandardCharsets.UTF_8))
                        .sorted())
                .isEqualTo("awaxb2c");
    }

    private static JsonTree tree(String form) {
        return BracketForm.parse(form.getBytes(StandardCharsets.UTF_8)).tree();
    }
}
