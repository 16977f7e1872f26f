package kembali.demo.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kembali.demo.sample.Person;
import kembali.demo.sample.Sample;
import kembali.demo.sample.Step.Treatment;
import org.jspecify.annotations.Nullable;

/**
 * One advertising platform as the demo knows it. The first of its pixels is the one that singled events are about.
 *
 * <p>What holds everywhere is not told here but in {@link kembali.demo.foresight}: one delivery per lead, pixel, event and
 * further purchase, nothing without consent, nothing where nothing is mapped.
 */
public interface Platform {
    /** The API's word. */
    String key();

    /** For tables; short. */
    String title();

    /** The shop's pixels there. */
    List<PixelPlan> pixels();

    /**
     * What a status is reported as; null for nothing.
     *
     * @param chat whether it is that of somebody who came by an ad that opened a chat
     */
    @Nullable String event(PixelPlan pixel, String status, boolean chat);

    /** By what a lead's conversions are told apart: reported once each. */
    default String once(String status, String event) {
        return event;
    }

    /** How a delivery of an event must end. */
    Verdict verdict(PixelPlan pixel, Facts facts);

    /** What the sandbox must do to an event singled out in that way; null when it is another platform's affair. */
    default @Nullable Fault singled(Treatment treatment) {
        return null;
    }

    /** What goes wrong there while people tap links. */
    default List<Fault> whileTapping() {
        return List.of();
    }

    /** What goes wrong there while CS works. */
    default List<Fault> whileWorking() {
        return List.of();
    }

    /** What follows {@code KEMBALI_ENDPOINT_} in the settings that lead to the sandbox. */
    List<String> endpoints();

    /** The sandbox's words for its hosts. */
    List<String> sandboxes();

    /** What a row of the sandbox's books is about; null when it is about none of the shop's pixels. */
    @Nullable Place place(String sandbox, String pixelId, String event);

    /** An event in words. */
    default String said(String event) {
        return event;
    }

    /** What the platform says of one request it did not take, in words; null when its own word will do. */
    default @Nullable String explained(String verdict) {
        return null;
    }

    /** The reason a row carries until the verdict that comes later; null where none does. */
    default @Nullable String provisional() {
        return null;
    }

    /** What must not turn up among the sandbox's warnings. */
    default Set<String> mustNotWarn() {
        return Set.of("wrong_normalisation", "placeholder_hashed", "empty_hashed", "not_hashed", "personal_data");
    }

    // Hashes.

    /**
     * The sandbox's name for a kind of plain data it can be told: e-mail, phone, names, city ({@code em}, {@code ph},
     * {@code fn}, {@code ln}, {@code ct}).
     */
    default String learnedAs(String what) {
        return what;
    }

    /** What else the sandbox must be told of the sample, by its names; empty for nothing. */
    default Map<String, Object> alsoLearned(Sample sample) {
        return Map.of();
    }

    /** What the sandbox must be told of the shop's account there; empty for nothing. */
    default Map<String, Object> instructions() {
        return Map.of();
    }

    /** The names under which the sandbox lists hashed e-mail addresses ({@code em}) and phone numbers ({@code ph}). */
    Map<String, String> contacts();

    /** What is hashed of that person, in the platform's spelling; null where there is nothing. */
    @Nullable String normal(String what, Person person);

    /** A phone number as the sandbox is told it: what it makes of that is right for this platform. */
    Object toLearn(Person person);

    /** Whether the person stands beside the event in a request, so that stored events do not show the hashes. */
    default boolean personBesideEvent() {
        return false;
    }

    /** What stands for our own id of a person, hashed; null where it travels in clear or not at all. */
    default @Nullable String ownId(Subject subject) {
        return null;
    }

    /** Whether an event must be the only one of its request. */
    default boolean alone(JsonNode event) {
        return false;
    }

    /** All hashes in a stored event, or in a request. */
    List<Hashed> hashes(JsonNode body);

    /** Whose event it is: its event id, or {@code kbl-<lead>} where only the transaction says it. */
    String whose(JsonNode body);

    /** The hash it must be; null where there is none. */
    default @Nullable String right(String what, Subject subject) {
        String normal = what.equals(Hashed.ID) ? ownId(subject) : normal(what, subject.person());
        return normal == null ? null : Hashes.sha256(normal);
    }
}
