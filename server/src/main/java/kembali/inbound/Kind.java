package kembali.inbound;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One kind of source: a provider's webhook or a form. It knows shapes, signatures and answers, does no
 * I/O, and knows no other kind. Whatever the bytes are, no method throws: what cannot be understood is
 * a {@link Reading} with its reason.
 */
public interface Kind {
    /** The word in {@code /in/{kind}/{token}} and in {@code /sources}: {@code whatsapp}, {@code typeform}. */
    String key();

    /** The name people know: {@code WhatsApp Cloud API}. */
    String title();

    /** What a source of this kind can be told. */
    SourceForm form();

    /**
     * The answer to a GET by which the provider checks the address before it sends anything; null when
     * this provider has no such check. Answered at once, nothing is stored.
     */
    default @Nullable Reply handshake(RawRequest request, SourceKeys keys) {
        return null;
    }

    /**
     * Whether people's browsers post here by themselves, as forms of web pages do: then the source's list of origins
     * counts, addresses that post too often are refused, and a page or JSON is answered as the browser wants it.
     */
    default boolean fromBrowsers() {
        return false;
    }

    /** Whether the bytes come from the provider. Looks at the raw body, never at a parsed one. */
    Authenticity check(RawRequest request, SourceKeys keys, Instant now);

    /**
     * Reads a stored request, possibly long after it came and more than once.
     *
     * @param receivedAt stands in for a time the provider did not say, or said wrongly
     */
    Reading read(RawRequest request, SourceSettings settings, Instant receivedAt);

    /** Reads what a {@link Fact.Fetch} of this kind brought. */
    default Reading readFetched(Fact.Fetch fetch, int httpStatus, byte[] body, SourceSettings settings) {
        return Reading.nothing("This kind of source fetches nothing.");
    }

    /** What a request that was stored is answered with. */
    default Reply taken(RawRequest request) {
        return Reply.OK;
    }
}
