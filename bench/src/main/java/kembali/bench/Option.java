package kembali.bench;

/**
 * Something a benchmark can be told, {@code --name value}.
 *
 * @param usual its value when nobody says one; empty for a switch, which takes no value
 */
public record Option(String name, String usual, String about) {
    boolean isSwitch() {
        return usual.isEmpty();
    }
}
