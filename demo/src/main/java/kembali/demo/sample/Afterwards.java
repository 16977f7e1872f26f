package kembali.demo.sample;

import java.util.List;
import kembali.demo.sample.Step.Describe;
import kembali.demo.sample.Step.Reach;

/** What CS does with leads of whom no particular course is told: the four usual ways in turn. */
final class Afterwards {
    private Afterwards() {}

    static List<Step> of(int no) {
        String paid = Integer.toString(500_000 + Seed.number("paid", no, 150) * 25_000);
        String order = "INV-2611-%04d".formatted(no);
        return switch (no % 4) {
            case 0 -> List.of(Reach.of("contacted"), Reach.worth("qualified", paid));
            case 1 -> List.of(Reach.of("contacted"));
            case 2 ->
                no % 8 == 2
                        ? List.of(new Describe(People.person(no)), Reach.won(paid, order))
                        : List.of(Reach.of("responded"), Reach.of("lost"));
            default -> List.of();
        };
    }
}
