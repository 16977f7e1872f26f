package kembali.platform;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.Consent;
import kembali.identity.Person;
import kembali.identity.WebContext;
import kembali.platform.ConversionEvent.Item;
import kembali.platform.ConversionEvent.Origin;
import kembali.support.Money;
import org.jspecify.annotations.Nullable;

/**
 * An event for a test, which says of it only what it is about. Unless said otherwise the pipeline reports that lead
 * {@code ld_7f3a}, of whom nothing else is known, has reached a status at the time of the test.
 */
public final class TestEvent {
    /** The time of the tests. */
    public static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

    private final String status;
    private final Origin origin;
    private final String code;
    private final @Nullable String campaignId;
    private final @Nullable String whatsappAccountId;
    private String name;
    private String eventId;
    private Instant at;
    private Person person;
    private @Nullable String leadId;
    private @Nullable String externalRef;
    private ClickIds clicks;
    private BrowserIds browser;
    private WebContext web;
    private Consent consent;
    private @Nullable Money value;
    private @Nullable String orderId;
    private List<Item> items;
    private Map<String, String> custom;
    private Set<String> acceptedKeys;
    private @Nullable Trail trail;

    private TestEvent(ConversionEvent like) {
        name = like.name();
        eventId = like.eventId();
        status = like.status();
        at = like.occurredAt();
        origin = like.origin();
        person = like.person();
        leadId = like.leadId();
        code = like.code();
        externalRef = like.externalRef();
        clicks = like.clicks();
        browser = like.browser();
        web = like.web();
        consent = like.consent();
        value = like.value();
        orderId = like.orderId();
        campaignId = like.campaignId();
        whatsappAccountId = like.whatsappAccountId();
        items = like.items();
        custom = like.custom();
        acceptedKeys = like.acceptedKeys();
        trail = like.trail();
    }

    /** An event of that name, with an id that ends in it. */
    public static TestEvent of(String name, String status) {
        return like(new ConversionEvent(
                name,
                "kmb_7f3a_" + name,
                status,
                NOW,
                Origin.CRM,
                Person.UNKNOWN,
                "ld_7f3a",
                "ABC2345",
                null,
                ClickIds.NONE,
                BrowserIds.NONE,
                WebContext.NONE,
                Consent.UNKNOWN,
                null,
                null,
                null,
                null,
                List.of(),
                Map.of(),
                Set.of(),
                null));
    }

    /** Another event, but for what is said next. */
    public static TestEvent like(ConversionEvent event) {
        return new TestEvent(event);
    }

    public ConversionEvent event() {
        return new ConversionEvent(
                name,
                eventId,
                status,
                at,
                origin,
                person,
                leadId,
                code,
                externalRef,
                clicks,
                browser,
                web,
                consent,
                value,
                orderId,
                campaignId,
                whatsappAccountId,
                items,
                custom,
                acceptedKeys,
                trail);
    }

    public TestEvent trail(@Nullable Trail said) {
        trail = said;
        return this;
    }

    public TestEvent name(String said) {
        name = said;
        return this;
    }

    public TestEvent eventId(String said) {
        eventId = said;
        return this;
    }

    public TestEvent at(Instant said) {
        at = said;
        return this;
    }

    public TestEvent person(Person said) {
        person = said;
        return this;
    }

    public TestEvent leadId(@Nullable String said) {
        leadId = said;
        return this;
    }

    public TestEvent externalRef(@Nullable String said) {
        externalRef = said;
        return this;
    }

    public TestEvent clicks(ClickIds said) {
        clicks = said;
        return this;
    }

    public TestEvent browser(BrowserIds said) {
        browser = said;
        return this;
    }

    public TestEvent web(WebContext said) {
        web = said;
        return this;
    }

    public TestEvent consent(Consent said) {
        consent = said;
        return this;
    }

    public TestEvent value(@Nullable Money said) {
        value = said;
        return this;
    }

    public TestEvent orderId(@Nullable String said) {
        orderId = said;
        return this;
    }

    public TestEvent items(List<Item> said) {
        items = said;
        return this;
    }

    public TestEvent custom(Map<String, String> said) {
        custom = said;
        return this;
    }
}
