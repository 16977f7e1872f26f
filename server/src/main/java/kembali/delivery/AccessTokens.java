package kembali.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import kembali.delivery.courier.Courier;
import kembali.delivery.courier.Dispatch;
import kembali.delivery.courier.ProxyAddress;
import kembali.platform.Outcome;
import kembali.platform.PlatformReply;
import kembali.platform.PlatformRequest;
import kembali.platform.Reasons;
import kembali.platform.Retry;
import kembali.platform.TokenAnswer;
import kembali.platform.TokenSource;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens by grant. A token is fetched once however many requests want it, kept in memory only,
 * and renewed a minute before its end, so that no request travels with one that dies on the way.
 */
public final class AccessTokens {
    private static final Logger LOG = Logger.getLogger(AccessTokens.class.getName());

    /** Tokens live up to 60 days, and somebody needs a month to renew a grant: said this early, it is said in time. */
    private static final Duration GRANT_END_NOTED = Duration.ofDays(90);

    /** A token is not used any more this long before its end (Google's own libraries do the same). */
    private static final Duration EARLY = Duration.ofSeconds(60);

    /** What came of asking for a token. */
    sealed interface Access {
        /** A token to send with. */
        record Granted(String token) implements Access {
            @Override
            public String toString() {
                return "Granted[***]";
            }
        }

        /**
         * None: what that means for the events that wait for it.
         *
         * @param request what was asked
         * @param reply null when none came
         * @param notSent what stood in the way when the question did not leave; else null
         */
        record Refused(
                Outcome.Failed failure,
                PlatformRequest request,
                @Nullable PlatformReply reply,
                @Nullable String error,
                Duration took,
                Dispatch.@Nullable NotSent notSent)
                implements Access {
            Refused(
                    Outcome.Failed failure,
                    PlatformRequest request,
                    @Nullable PlatformReply reply,
                    @Nullable String error,
                    Duration took) {
                this(failure, request, reply, error, took, null);
            }
        }
    }

    private record Kept(String token, Instant until) {}

    private final Courier courier;
    private final InstantSource clock;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();
    /** Tokens from the settings that were refused: not to be tried again. */
    private final Map<String, String> refusedGiven = new ConcurrentHashMap<>();

    /** When a grant gives out its last token, of those that said so. */
    private final Map<String, Instant> grantEnds = new ConcurrentHashMap<>();

    private final Map<String, CompletableFuture<Access>> underWay = new ConcurrentHashMap<>();

    public AccessTokens(Courier courier, InstantSource clock) {
        this.courier = courier;
        this.clock = clock;
    }

    /** A token of that source: the one at hand while it lasts, else a fresh one. */
    CompletionStage<Access> get(TokenSource source, @Nullable ProxyAddress proxy) {
        Kept k = kept.get(source.key());
        if (k != null && clock.instant().isBefore(k.until)) {
            return CompletableFuture.completedFuture(new Access.Granted(k.token));
        }
        String given = source.given();
        if (given != null && !given.equals(refusedGiven.get(source.key()))) {
            return CompletableFuture.completedFuture(new Access.Granted(given));
        }
        PlatformRequest request = source.request(clock.instant());
        if (request == null) {
            // Nothing to renew with: the platform itself says again what is wrong with the token.
            return CompletableFuture.completedFuture(new Access.Granted(given == null ? "" : given));
        }
        var mine = new CompletableFuture<Access>();
        CompletableFuture<Access> others = underWay.putIfAbsent(source.key(), mine);
        if (others != null) {
            return others;
        }
        courier.send(request, proxy).whenComplete((dispatch, error) -> {
            Access access;
            try {
                access = read(
                        source,
                        request,
                        dispatch != null ? dispatch : new Dispatch.NotSent(String.valueOf(error), Duration.ZERO));
            } catch (RuntimeException e) {
                access = new Access.Refused(
                        new Outcome.Failed(Reasons.BUILD_ERROR, Retry.Later.UNTIL_EXPIRY),
                        request,
                        null,
                        e.toString(),
                        Duration.ZERO);
            }
            underWay.remove(source.key(), mine);
            mine.complete(access);
        });
        return mine;
    }

    /** When that source gives out its last token; null when it has no end, or none has been said since the start. */
    public @Nullable Instant grantEnd(TokenSource source) {
        return grantEnds.get(source.key());
    }

    private void noteGrantEnd(TokenSource source, @Nullable Duration left) {
        if (left == null) {
            grantEnds.remove(source.key());
            return;
        }
        grantEnds.put(source.key(), clock.instant().plus(left));
        if (left.compareTo(GRANT_END_NOTED) < 0) {
            LOG.log(
                    Level.WARNING,
                    "the authorisation {0} ends in {1} days; connect the account again and enter the new refresh token in its pixels",
                    new Object[] {source.key(), left.toDays()});
        }
    }

    /** That token was refused: the next {@link #get} fetches a fresh one, unless somebody has done so already. */
    void refused(TokenSource source, String token) {
        kept.computeIfPresent(source.key(), (key, k) -> k.token.equals(token) ? null : k);
        if (token.equals(source.given())) {
            refusedGiven.put(source.key(), token);
        }
    }

    /** Fetches a fresh token next time, and gives the one from the settings another chance. */
    void forget(TokenSource source) {
        kept.remove(source.key());
        refusedGiven.remove(source.key());
    }

    private Access read(TokenSource source, PlatformRequest request, Dispatch dispatch) {
        return switch (dispatch) {
            case Dispatch.Answered a ->
                switch (source.read(a.reply())) {
                    case TokenAnswer.Granted g -> {
                        noteGrantEnd(source, g.grantLifetime());
                        kept.put(
                                source.key(),
                                new Kept(
                                        g.token(),
                                        clock.instant().plus(g.lifetime()).minus(EARLY)));
                        yield new Access.Granted(g.token());
                    }
                    case TokenAnswer.Refused r ->
                        new Access.Refused(r.failure(), request, a.reply(), "no access token", a.took());
                };
            // Asking twice for a token does no harm, so a lost answer is as good as none.
            case Dispatch.NotSent n
            when n.obstacle().isProxy() ->
                new Access.Refused(
                        new Outcome.Failed(Sender.notSent(n), Retry.Later.UNTIL_EXPIRY),
                        request,
                        null,
                        "no access token: " + n.error(),
                        n.took(),
                        n);
            case Dispatch.NotSent n -> unreached(request, n.error(), n.took());
            case Dispatch.AnswerLost l -> unreached(request, l.error(), l.took());
        };
    }

    private static Access unreached(PlatformRequest request, String error, Duration took) {
        var reason = Reasons.NO_ANSWER.saying("The server that gives out access tokens did not answer: " + error + ".");
        return new Access.Refused(
                new Outcome.Failed(reason, Retry.Later.UNTIL_EXPIRY), request, null, "no access token: " + error, took);
    }
}
