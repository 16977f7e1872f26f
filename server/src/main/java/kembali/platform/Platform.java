package kembali.platform;

import java.util.List;
import java.util.Map;
import kembali.support.FieldError;
import org.jspecify.annotations.Nullable;

/** One advertising platform: what it asks for, what it understands, and how to talk to it. */
public interface Platform {
    /** The word for it in the API and the database: {@code meta}. */
    String key();

    /** The name people know it by: {@code Meta}. */
    String title();

    /** What the advertiser enters for a pixel of this platform. */
    SettingsForm form();

    /** The events this platform knows, and which of them each lead status becomes. */
    EventCatalog catalog();

    /**
     * What is wrong with a name for an event in that mapping column, in words for the user, or null
     * when the platform takes it.
     */
    @Nullable String eventNameComplaint(String column, String eventName);

    /** How much, how old and how often this platform takes, as long as a pixel's settings do not say otherwise. */
    DeliveryRules rules();

    /**
     * False when the platform cannot recognise the twin of such an event whose answer was lost.
     *
     * @param route of the event, see {@link Prepared.Ready#route()}
     */
    boolean recognisesTwin(String eventName, String route);

    /** The interface versions this build knows, oldest first; empty where the platform has none. */
    List<ApiVersion> versions();

    /** How much each identifier helps this platform to recognise a person, the strongest first; empty when unknown. */
    default List<MatchWeight> matchWeights() {
        return List.of();
    }

    /**
     * Whether somebody could have added that identifier to an event of that route: an event of a chat takes fewer than one
     * of a page, and some come only with the way a person arrived.
     *
     * @param key of one of {@link #matchWeights()}
     */
    default boolean canBeAdded(String key, String route) {
        return true;
    }

    /**
     * What to enter as URL parameters in this platform's ads; null where it has no ads of its own.
     *
     * @param settings of a pixel whose account ids are to be filled in; empty for none
     */
    default @Nullable UrlTemplate urlTemplate(Map<String, Object> settings) {
        return null;
    }

    /**
     * Whether the platform is told of the conversions networks report, one by one and in their own states, and of a lead's
     * statuses only where no network reports it. False where a lead's statuses are all it is told of.
     */
    default boolean reportsConversions() {
        return false;
    }

    /** What the owner of settings that can be used should know of them all the same, such as a macro nobody fills. */
    default List<Reason> warnings(Map<String, Object> settings) {
        return List.of();
    }

    /** What is wrong with the entered values; empty when a {@link #destination} can be opened. */
    List<FieldError> check(Map<String, Object> settings, Map<String, String> credentials);

    /**
     * Opens a pixel for sending. Parsing happens here once, not per event.
     *
     * @param settings values that passed {@link #check}
     * @param credentials readable secrets; none of the returned object's {@code toString} shows them
     */
    Destination destination(Map<String, Object> settings, Map<String, String> credentials, Endpoints endpoints);
}
