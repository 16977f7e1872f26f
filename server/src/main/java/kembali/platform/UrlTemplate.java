package kembali.platform;

import java.util.List;

/**
 * What an advertiser enters as URL parameters in a platform's ads, so that a visit says which ad it came from.
 *
 * @param parameters ready to paste, without a leading question mark
 * @param where where it is entered at the platform
 * @param macros what the platform fills in
 * @param notes what goes wrong easily
 */
public record UrlTemplate(String parameters, String where, List<Macro> macros, List<String> notes) {
    public UrlTemplate {
        macros = List.copyOf(macros);
        notes = List.copyOf(notes);
    }

    /**
     * One macro.
     *
     * @param macro as the platform spells it: {@code {{campaign.id}}}
     * @param meaning what it becomes
     * @param example a value it may become
     */
    public record Macro(String macro, String meaning, String example) {}
}
