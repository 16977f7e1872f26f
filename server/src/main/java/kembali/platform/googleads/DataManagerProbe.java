package kembali.platform.googleads;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import kembali.identity.Consent;
import kembali.platform.Outcome;
import kembali.platform.PlatformReply;
import kembali.platform.Prepared;
import kembali.platform.ProbeResult;
import kembali.platform.ProbeStep;
import kembali.platform.Reason;
import kembali.platform.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Test Connection: a made-up event under {@code validateOnly}. Google checks the token, the account, the conversion action
 * and the terms, and stores nothing.
 */
final class DataManagerProbe {
    /** Codes that are about hashed e-mails and phone numbers only. */
    static final Set<String> ENHANCED = Set.of(
            GoogleAdsReasons.ENHANCED_OFF.code(),
            GoogleAdsReasons.TERMS_MISSING.code(),
            GoogleAdsReasons.ENHANCED_PROHIBITED.code());

    private final GoogleAdsSettings settings;
    private final DataManagerWriter writer;
    private final DataManagerReplyReader reader;

    DataManagerProbe(GoogleAdsSettings settings, DataManagerWriter writer, DataManagerReplyReader reader) {
        this.settings = settings;
        this.writer = writer;
        this.reader = reader;
    }

    ProbeStep test(Instant now) {
        boolean withPerson = settings.enhancedConversions();
        return ask(event(now, withPerson), reply -> {
            Reason fault = fault(reply);
            if (fault == null) {
                return connected("");
            }
            return withPerson && ENHANCED.contains(fault.code()) ? withoutPerson(now, fault) : found(fault);
        });
    }

    ProbeStep rehearse(Prepared.Ready event) {
        return ask(event, reply -> {
            Reason fault = fault(reply);
            return fault == null
                    ? new ProbeStep.Found(new ProbeResult(
                            true, "valid", "Google would take this event as it is. Nothing was stored.", ""))
                    : found(fault);
        });
    }

    /** A conversion nobody made, for asking whether Google would take it. */
    static NeutralConversion madeUp(GoogleAdsSettings settings, Instant now, boolean withPerson) {
        return new NeutralConversion(
                settings.actionId(),
                "kbl-test-" + Long.toString(now.toEpochMilli(), 36),
                now,
                new ClickChoice("TEST", null, null, now, false),
                withPerson
                        ? new GoogleIdentity(GoogleIdentity.hashed("test@example.com"), null, null)
                        : GoogleIdentity.NOBODY,
                null,
                null,
                Consent.UNKNOWN);
    }

    static ProbeStep found(Reason fault) {
        return new ProbeStep.Found(new ProbeResult(false, fault.code(), fault.message(), fault.fix()));
    }

    /** Uploads by click id work, but not what the pixel is set to send beside it. */
    static ProbeStep clickIdsOnly(Reason fault) {
        return new ProbeStep.Found(new ProbeResult(
                false,
                fault.code(),
                "Uploads by click id work, but enhanced conversions are off. " + fault.message(),
                fault.fix()));
    }

    private ProbeStep withoutPerson(Instant now, Reason enhanced) {
        return ask(event(now, false), reply -> {
            Reason fault = fault(reply);
            return fault == null ? clickIdsOnly(enhanced) : found(fault);
        });
    }

    private ProbeStep connected(String more) {
        return new ProbeStep.Found(new ProbeResult(
                true,
                "connected",
                "Connected: Google accepts the access, the account and the conversion action " + settings.actionId()
                        + ". Nothing was stored." + more,
                ""));
    }

    private Prepared.Ready event(Instant now, boolean withPerson) {
        return java.util.Objects.requireNonNull(writer.write(madeUp(settings, now, withPerson)), "it has a click id");
    }

    private ProbeStep ask(Prepared.Ready event, Function<PlatformReply, ProbeStep> next) {
        return new ProbeStep.Ask(writer.request(List.of(event), true), next);
    }

    /** What stands in the way, or null when nothing does. */
    private @Nullable Reason fault(PlatformReply reply) {
        JsonNode body = GoogleError.object(reply.body());
        // Whether a validated request gets a receipt too is not documented.
        if (body != null && GoogleError.isSuccess(reply) && body.isEmpty()) {
            return null;
        }
        return faultOf(reader.read(reply, 1));
    }

    /** Why the only event of a request would not be taken, or null when it would. */
    static @Nullable Reason faultOf(Verdict verdict) {
        return switch (verdict) {
            case Verdict.RefusedForOne refused -> refused.reason();
            case Verdict.TokenRefused refused -> refused.reason();
            case Verdict.All all -> faultOf(all.outcome());
            case Verdict.Each each -> faultOf(each.outcomes().getFirst());
        };
    }

    private static @Nullable Reason faultOf(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted a -> null;
            case Outcome.Processing p -> null;
            case Outcome.PartialFailure p -> null;
            case Outcome.Failed failed -> failed.reason();
        };
    }
}
