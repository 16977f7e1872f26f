package kembali.inbound;

import java.util.List;

/**
 * What a source of a kind can be told beside its name; the dashboard draws its form from this.
 *
 * @param fields what is asked, in order
 * @param howTo what the user does at the provider, step by step; {@code {url}} stands for the source's address
 * @param warnings what the user should know before switching it on
 */
public record SourceForm(List<Field> fields, List<String> howTo, List<String> warnings) {
    public SourceForm {
        fields = List.copyOf(fields);
        howTo = List.copyOf(howTo);
        warnings = List.copyOf(warnings);
    }

    /**
     * @param name {@code secret}, {@code verifyToken}, {@code accessToken}, {@code statusMap}, {@code fieldMap},
     *     {@code businessNumber}, {@code redirectUrl}
     * @param required a source without it is refused
     */
    public record Field(String name, String label, String help, boolean required) {}
}
