package kembali.inbound;

import static kembali.store.schema.Tables.INBOUND_FACT;

import java.util.ArrayList;
import kembali.intake.FactResult;
import kembali.store.Store;
import org.jspecify.annotations.Nullable;

/** Opens stored requests, has them read, and fetches what they point at. */
final class Readings {
    /** It did not come from whom it says. */
    static final String FORGED = "forged";

    /** It came from a page that may not post here. */
    static final String FOREIGN_PAGE = "foreign_page";

    private final Store store;
    private final Requests requests;
    private final Reader reader;
    private final Fetcher fetcher;
    private final Applier applier;

    Readings(Store store, Requests requests, Reader reader, Fetcher fetcher, Applier applier) {
        this.store = store;
        this.requests = requests;
        this.reader = reader;
        this.fetcher = fetcher;
        this.applier = applier;
    }

    RequestReading of(Source source, StoredRequest request) throws InterruptedException {
        RequestContent content = store.read(sql -> requests.content(sql, request.workspaceId(), request.id()));
        if (content == null) {
            return RequestReading.ended(
                    request, StoredRequest.IGNORED, "erased", "What it held was erased with the person it was about.");
        }
        RawRequest raw = content.request(source.token());
        try {
            RequestReading refused = stillRefused(source, request, content, raw);
            return refused != null ? refused : read(source, request, raw);
        } catch (Reader.KindFault e) {
            return RequestReading.ended(
                    request,
                    StoredRequest.FAILED,
                    "kind_error",
                    "Reading it failed because of a fault in Kembali (" + e.getMessage()
                            + "). Please report it; read it again after an update.");
        }
    }

    /** What was refused is only read when it fits the source's secret of today. */
    private @Nullable RequestReading stillRefused(
            Source source, StoredRequest request, RequestContent content, RawRequest raw) {
        if (!FORGED.equals(request.reasonCode())) {
            return null;
        }
        String objection = content.cut()
                ? "Its body was too long to be kept whole, so its signature cannot be checked again."
                : reader.kind(source).check(raw, source.keys(), request.receivedAt())
                                instanceof Authenticity.Forged forged
                        ? forged.reason()
                        : null;
        return objection == null ? null : RequestReading.ended(request, StoredRequest.REFUSED, FORGED, objection);
    }

    private RequestReading read(Source source, StoredRequest request, RawRequest raw) throws InterruptedException {
        Reading reading = reader.read(source, raw, request.receivedAt());
        var facts = new ArrayList<Fact>();
        var known = new ArrayList<FactResult>();
        var fetched = new ArrayList<Long>();
        String reason = reading.reason();
        boolean understood = reading.understood();
        Fetcher.Fetched.Trouble trouble = null;
        for (Fact fact : reading.facts()) {
            if (!(fact instanceof Fact.Fetch fetch)) {
                facts.add(fact);
                continue;
            }
            String before = request.replayed() ? null : fetchedFor(source, fetch);
            if (before != null) {
                known.add(new FactResult.Repeated(before));
                continue;
            }
            switch (fetcher.fetch(fetch, source.keys())) {
                case Fetcher.Fetched.Trouble t -> trouble = t;
                case Fetcher.Fetched.Came came -> {
                    Reading inner = reader.readFetched(source, fetch, came.status(), came.body(), request.receivedAt());
                    if (inner.facts().isEmpty() && !inner.understood() && came.status() >= 400) {
                        String why = inner.reason();
                        trouble = new Fetcher.Fetched.Trouble(
                                "fetch_refused", why == null ? "The provider answered " + came.status() + "." : why);
                    } else {
                        facts.addAll(inner.facts());
                        fetched.add(applier.fetchKey(fetch));
                        reason = inner.reason() == null ? reason : inner.reason();
                        understood &= inner.understood();
                    }
                }
            }
        }
        return new RequestReading(request, raw, facts, known, fetched, reason, understood, trouble, null);
    }

    private @Nullable String fetchedFor(Source source, Fact.Fetch fetch) {
        return store.read(sql -> sql.select(INBOUND_FACT.LEAD_ID)
                .from(INBOUND_FACT)
                .where(
                        INBOUND_FACT.WORKSPACE_ID.eq(source.workspaceId()),
                        INBOUND_FACT.SOURCE_ID.eq(source.id()),
                        INBOUND_FACT.FACT_KEY.eq(applier.fetchKey(fetch)))
                .fetchOne(INBOUND_FACT.LEAD_ID));
    }
}
