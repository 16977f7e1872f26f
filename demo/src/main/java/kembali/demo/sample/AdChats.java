package kembali.demo.sample;

import java.util.List;
import kembali.demo.sample.Step.Reach;

/** How it goes on with people whom an ad of Meta's brought straight into a chat. */
final class AdChats {
    private AdChats() {}

    static List<Step> steps(int no) {
        String worth = Integer.toString(400_000 + Seed.number("chat", no, 100) * 25_000);
        return switch (no / Sample.AGENTS.size() % 4) {
            case 0 -> List.of(Reach.of("contacted"), Reach.worth("qualified", worth), Reach.of("hot"));
            case 1 ->
                List.of(
                        Reach.worth("qualified", worth),
                        Reach.worth("proposal", worth),
                        Reach.of("negotiation"),
                        Reach.of("invoice"),
                        Reach.won(worth, "INV-2611-%04d".formatted(no)));
            case 2 -> List.of(Reach.of("responded"), Reach.won(null, null));
            default -> List.of(Reach.of("lost"));
        };
    }
}
