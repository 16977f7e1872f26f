package kembali.inbound.form;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing a form was told, before anybody knows what it is.
 *
 * @param names what may name it, best first: key, reference, label
 * @param label what the form's owner calls it
 * @param path where it stands in the body, dotted; tells two of the same label apart
 * @param values at least one, none blank
 * @param number whether the body wrote it as a number, so that its dot is a decimal point
 * @param typed our field its type stands for (an e-mail question), or null
 * @param about whom it may be about
 */
record Answer(
        List<String> names,
        String label,
        String path,
        List<String> values,
        boolean number,
        @Nullable String typed,
        About about) {
    /** Whose a name or number in the body is. */
    enum About {
        /** The person who filled it in. */
        PERSON,
        /** The form, the page, a seller: only where the visit came from may be taken from it. */
        SURROUNDINGS
    }

    Answer {
        names = List.copyOf(names);
        values = List.copyOf(values);
    }

    static Answer named(String name, List<String> values) {
        return new Answer(List.of(name), name, name, values, false, null, About.PERSON);
    }

    /** Of several values the last: a repeated input's later one is the one that was filled in. */
    String last() {
        return values.getLast();
    }

    String joined() {
        return String.join(", ", values);
    }
}
