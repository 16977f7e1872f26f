package kembali.demo.sample;

import java.util.List;

/**
 * One person from the first page to the last status.
 *
 * @param no from 0, also its place in the sample
 * @param hits what the tracker tells of them, before all else
 * @param visits taps on rotator links, in order; empty for people who never tapped one
 * @param messages in order, after all visits of everybody
 * @param steps in order, after all messages of everybody
 */
public record Story(
        int no, Beginning beginning, List<Hit> hits, List<Visit> visits, List<Message> messages, List<Step> steps) {
    public Story {
        hits = List.copyOf(hits);
        visits = List.copyOf(visits);
        messages = List.copyOf(messages);
        steps = List.copyOf(steps);
    }

    /** Somebody of whom no page and no message tells. */
    public Story(int no, Beginning beginning, List<Visit> visits, List<Step> steps) {
        this(no, beginning, List.of(), visits, List.of(), steps);
    }

    /** True when it must be played by itself, after the others. */
    public boolean alone() {
        return steps.stream().anyMatch(s -> s instanceof Step.Singled);
    }

    /** False for people who only looked at pages, or of whose click nothing more was heard. */
    public boolean becomesLead() {
        return switch (beginning) {
            case Beginning.Looked l -> false;
            case Beginning.Reported r -> r.books();
            case Beginning.Tapped t -> true;
            case Beginning.Named n -> true;
            case Beginning.Wrote w -> true;
            case Beginning.Filled f -> true;
            case Beginning.Submitted s -> true;
        };
    }
}
