package kembali.platform;

import java.util.List;

/**
 * What a platform asks the advertiser for; forms are drawn from it.
 *
 * @param settings readable values
 * @param credentials secrets, written once and never read back
 */
public record SettingsForm(List<Field> settings, List<Field> credentials) {
    public SettingsForm {
        settings = List.copyOf(settings);
        credentials = List.copyOf(credentials);
    }

    /**
     * One value.
     *
     * @param name its key in {@code settings} or {@code credentials}
     * @param kind {@code text}, {@code url}, {@code template} (several lines), {@code boolean}, {@code choice}, {@code list}
     *     or {@code map}
     * @param example a right one
     * @param help where the advertiser finds it
     * @param choices allowed values of a {@code choice}; empty otherwise
     */
    public record Field(
            String name,
            String label,
            String kind,
            boolean required,
            String example,
            String help,
            List<String> choices) {
        public Field {
            choices = List.copyOf(choices);
        }
    }
}
