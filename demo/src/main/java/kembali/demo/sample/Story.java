package kembali.demo.sample;

import java.util.List;

/**
 * One person from the first tap to the last status.
 *
 * @param no from 0, also its place in the sample
 * @param visits in order; empty for people who never tapped a link
 * @param steps in order, after all visits of everybody
 */
public record Story(int no, Beginning beginning, List<Visit> visits, List<Step> steps) {
    public Story {
        visits = List.copyOf(visits);
        steps = List.copyOf(steps);
    }

    /** True when it must be played by itself, after the others. */
    public boolean alone() {
        return steps.stream().anyMatch(s -> s instanceof Step.Singled);
    }
}
