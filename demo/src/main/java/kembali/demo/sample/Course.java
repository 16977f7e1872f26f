package kembali.demo.sample;

import java.util.ArrayList;
import java.util.List;
import kembali.demo.sample.Step.Deny;
import kembali.demo.sample.Step.Describe;
import kembali.demo.sample.Step.Reach;
import kembali.demo.sample.Step.Upsert;

/**
 * How far a lead comes, and what goes wrong on the way. Every course is played by at least five people,
 * one in five of whom came without an ad (see {@link Arrivals}).
 */
enum Course {
    /** Tapped and never wrote. */
    SILENT(83),
    CONTACTED(80),
    RESPONDED(52),
    QUALIFIED(40),
    HOT(22),
    PROPOSAL(16),
    NEGOTIATION(11),
    INVOICE(9),
    WON(20),
    /** {@code won} said a second time, an hour later in another tab. */
    WON_TWICE(5),
    /** Two people press the button in the same moment. */
    WON_AT_ONCE(8),
    /** A second purchase. */
    WON_REPEAT(6),
    /** A second purchase, reported twice under the same order id. */
    WON_REPEAT_TWICE(5),
    /** Nobody says for how much. */
    WON_WITHOUT_VALUE(5),
    /** The value comes later. */
    WON_VALUE_LATER(5),
    /** Entered nine days late; the platform takes seven. */
    WON_LONG_AGO(5),
    LOST(12),
    /** Refuses the use of their data, then buys all the same. */
    DENIED(6);

    private static final int EACH = 25_000;

    private final int people;

    Course(int people) {
        this.people = people;
    }

    /**
     * A course per person, each as often as it says. The people of one course stand a fixed distance apart that has no
     * factor in common with their number, which five divides: so any five of them in a row differ in their number mod 5.
     */
    static List<Course> mixed() {
        var inOrder = new ArrayList<Course>();
        for (Course c : values()) {
            for (int i = 0; i < c.people; i++) {
                inOrder.add(c);
            }
        }
        int size = inOrder.size();
        int stride = size * 5 / 13;
        while (greatestCommonDivisor(stride, size) != 1) {
            stride++;
        }
        var mixed = new ArrayList<Course>(size);
        for (int i = 0; i < size; i++) {
            mixed.add(inOrder.get((int) ((long) i * stride % size)));
        }
        return mixed;
    }

    List<Step> steps(int no) {
        Person person = People.person(no);
        String estimate = Integer.toString(350_000 + Seed.number("estimate", no, 120) * EACH);
        String paid = Integer.toString(350_000 + Seed.number("paid", no, 150) * EACH);
        String order = "INV-2611-%04d".formatted(no);
        var s = new ArrayList<Step>();
        switch (this) {
            case SILENT -> {}
            case CONTACTED -> s.add(Reach.of("contacted"));
            case RESPONDED -> add(s, Reach.of("contacted"), Reach.of("responded"));
            case QUALIFIED -> {
                upToQualified(s, no, person, estimate);
                if (no % 3 == 0 && asksForPhone(no)) {
                    s.add(new Upsert(person.withPhone(People.otherSpelling(no))));
                }
            }
            case HOT -> {
                upToQualified(s, no, person, estimate);
                s.add(Reach.of("hot"));
            }
            case PROPOSAL -> {
                upToQualified(s, no, person, estimate);
                add(s, Reach.of("hot"), Reach.of("proposal"));
            }
            case NEGOTIATION -> {
                upToQualified(s, no, person, estimate);
                add(s, Reach.of("proposal"), Reach.of("negotiation"));
            }
            case INVOICE -> {
                upToQualified(s, no, person, estimate);
                add(s, Reach.of("proposal"), Reach.of("negotiation"), Reach.of("invoice"));
            }
            case WON -> {
                // What counts is the status reached: half of them go straight from the chat to the sale.
                if (no % 2 == 0) {
                    upToQualified(s, no, person, estimate);
                    add(s, Reach.of("proposal"), Reach.of("invoice"), Reach.won(paid, order));
                } else {
                    add(s, new Describe(person.only(true, no % 4 == 1)), Reach.won(paid, order));
                }
            }
            case WON_TWICE ->
                add(s, Reach.of("contacted"), new Describe(person), Reach.won(paid, order), Reach.won(paid, order));
            case WON_AT_ONCE ->
                add(
                        s,
                        new Describe(person),
                        Reach.of("responded"),
                        Reach.won(paid, order).times(2));
            case WON_REPEAT ->
                add(
                        s,
                        new Describe(person),
                        Reach.won(paid, order),
                        Reach.won(estimate, order + "-B").again());
            case WON_REPEAT_TWICE -> {
                Reach second = Reach.won(estimate, order + "-B").again();
                add(s, new Describe(person), Reach.won(paid, order), second, second);
            }
            case WON_WITHOUT_VALUE -> add(s, Reach.of("contacted"), new Describe(person), Reach.won(null, null));
            case WON_VALUE_LATER -> add(s, new Describe(person), Reach.won(null, null), Reach.won(paid, order));
            case WON_LONG_AGO ->
                add(s, new Describe(person), Reach.won(paid, order).ago(9));
            case LOST -> add(s, Reach.of("contacted"), Reach.of("lost"));
            case DENIED -> add(s, new Deny(), Reach.of("contacted"), new Describe(person), Reach.won(paid, order));
        }
        return s;
    }

    private static void upToQualified(List<Step> s, int no, Person person, String estimate) {
        if (no % 3 != 1) {
            s.add(Reach.of("contacted"));
        }
        s.add(new Describe(person.only(asksForPhone(no), no % 5 != 0)));
        if (no % 4 != 2) {
            s.add(Reach.of("responded"));
        }
        s.add(Reach.worth("qualified", estimate));
    }

    private static boolean asksForPhone(int no) {
        return no % 7 != 2;
    }

    private static void add(List<Step> to, Step... steps) {
        to.addAll(List.of(steps));
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
