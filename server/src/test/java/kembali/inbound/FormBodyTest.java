package kembali.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import kembali.inbound.FormBody.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormBodyTest {
    private static final String MULTIPART = "multipart/form-data; boundary=\"b-1\"";

    private static FormBody urlencoded(String body) {
        return FormBody.parse("application/x-www-form-urlencoded", body.getBytes(StandardCharsets.UTF_8));
    }

    private static FormBody multipart(String body) {
        return FormBody.parse(MULTIPART, body.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void decodesNamesAndValuesOnceInTheirOrder() {
        assertThat(urlencoded("b=2&a=1%2B1&a=x+y&flag&=lost&%5Bq%5D=%F0%9F%99%82&p=100%&e=")
                        .fields())
                .containsExactly(
                        new Field("b", "2"),
                        new Field("a", "1+1"),
                        new Field("a", "x y"),
                        new Field("flag", ""),
                        new Field("[q]", "🙂"),
                        new Field("p", "100%"),
                        new Field("e", ""));
    }

    @Test
    void takesTheLastFilledOfRepeatedFields() {
        FormBody form = urlencoded("phone=&phone=0812&phone=+");
        assertThat(form.get("phone")).isEqualTo("0812");
        assertThat(form.get("Phone")).isNull();
    }

    @Test
    void readsTheCharsetThatWasSaid() {
        assertThat(FormBody.parse(
                                "application/x-www-form-urlencoded; charset=ISO-8859-1",
                                "n=Ren%E9e".getBytes(StandardCharsets.UTF_8))
                        .get("n"))
                .isEqualTo("Renée");
        assertThat(urlencoded("n=Ren%E9e&u=Ren%C3%A9e").fields())
                .extracting(Field::value)
                .containsOnly("Renée");
        assertThat(FormBody.parse("application/x-www-form-urlencoded; charset=nonsense", new byte[] {'a', '=', '1'})
                        .get("a"))
                .isEqualTo("1");
    }

    @Test
    void nestsBracketKeys() {
        assertThat(urlencoded("leads[status][0][id]=7&leads[status][0][price]=9&account[sub]=x&plain=1")
                        .tree())
                .hasToString(
                        "{\"leads\":{\"status\":{\"0\":{\"id\":\"7\",\"price\":\"9\"}}},\"account\":{\"sub\":\"x\"},\"plain\":\"1\"}");
        assertThat(urlencoded("a[]=1&a[]=2&b=1&b=2&b=3&c[][x]=1&c[][x]=2").tree())
                .hasToString(
                        "{\"a\":[\"1\",\"2\"],\"b\":[\"1\",\"2\",\"3\"],\"c\":{\"0\":{\"x\":\"1\"},\"1\":{\"x\":\"2\"}}}");
    }

    @Test
    void keepsBothWhereANameIsAValueAndAParent() {
        assertThat(urlencoded("a=1&a[b]=2&a=3").tree()).hasToString("{\"a\":{\"\":[\"1\",\"3\"],\"b\":\"2\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a[b", "a]b[", "[a]", "a[b]c", "a[b]c[d]", "a[b]]", "a b", "a[999999999][x"})
    void takesOtherNamesAsTheyAre(String name) {
        assertThat(FormBody.path(name)).containsExactly(name);
    }

    @Test
    void readsMultipartFieldsAndLeavesFilesOut() {
        FormBody form = multipart("""
                preamble
                --b-1
                Content-Disposition: form-data; name="name"

                Budi
                Santoso
                --b-1
                content-disposition: form-data; name="file"; filename="a;b.txt"
                Content-Type: text/plain

                --b-
                --b-1
                Content-Disposition: form-data; name="say \\"hi\\""

                --b-1
                Content-Disposition: form-data; filename=x; name=later

                x
                --b-1
                Content-Disposition: form-data; name=unquoted
                Content-Type: text/plain; charset=utf-8

                é
                --b-1--
                --b-1
                Content-Disposition: form-data; name="after"

                x
                --b-1--
                """);
        assertThat(form.fields())
                .containsExactly(
                        new Field("name", "Budi\r\nSantoso"), new Field("say \"hi\"", ""), new Field("unquoted", "é"));
        assertThat(form.isTruncated()).isFalse();
    }

    @Test
    void readsWhatArrivedOfABrokenMultipart() {
        assertThat(multipart("--b-1\nContent-Disposition: form-data; name=\"a\"\n\nhal")
                        .get("a"))
                .isEqualTo("hal");
        assertThat(multipart("--b-1\nContent-Disposition: form-data; name=\"a\"")
                        .fields())
                .isEmpty();
        assertThat(FormBody.parse("multipart/form-data", new byte[] {1, 2}).fields())
                .isEmpty();
        assertThat(FormBody.parse("multipart/form-data; boundary=", new byte[] {'-', '-'})
                        .fields())
                .isEmpty();
    }

    @Test
    void leavesOutWhatIsTooMuch() {
        FormBody many = urlencoded("a=1&".repeat(FormBody.MAX_FIELDS + 5));
        assertThat(many.fields()).hasSize(FormBody.MAX_FIELDS);
        assertThat(many.isTruncated()).isTrue();
        FormBody big =
                urlencoded("a=" + "x".repeat(FormBody.MAX_VALUE + 1) + "&" + "n".repeat(FormBody.MAX_NAME + 1) + "=1");
        assertThat(big.fields()).hasSize(1);
        assertThat(big.get("a")).hasSize(FormBody.MAX_VALUE);
        assertThat(big.isTruncated()).isTrue();
    }

    @Test
    void knowsFormsByTheirMediaType() {
        assertThat(List.of("application/x-www-form-urlencoded", "Multipart/Form-Data; boundary=x"))
                .allMatch(FormBody::isForm);
        assertThat(FormBody.isForm("application/json")).isFalse();
        assertThat(FormBody.isForm(null)).isFalse();
        var request = new RawRequest("POST", "u", "", Map.of("content-type", MULTIPART), new byte[0]);
        assertThat(FormBody.of(request).fields()).isEmpty();
    }
}
