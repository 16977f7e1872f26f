package kembali.capture.rotator;

import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import kembali.capture.rotator.Outcomes.Outcome;
import kembali.capture.rotator.page.RotatorPages;
import kembali.intake.Intake;
import kembali.intake.RotatorClicked.Clicked;
import kembali.store.GroupCommit;
import org.jspecify.annotations.Nullable;

/** Stores what happened and answers afterwards; where nothing can be stored, the person is asked to try again. */
final class ClickStore {
    private static final Logger LOG = Logger.getLogger(ClickStore.class.getName());

    private final Intake intake;
    private final Outcomes outcomes;

    ClickStore(Intake intake, Outcomes outcomes) {
        this.intake = intake;
        this.outcomes = outcomes;
    }

    /**
     * @param plan given back when nothing is stored; null where nobody was chosen yet
     * @param answer called on the request's event loop
     */
    void store(
            RoutingContext routing,
            Intake.Command<Clicked> command,
            Chats.@Nullable Plan plan,
            Consumer<Clicked> answer) {
        Context context = routing.vertx().getOrCreateContext();
        try {
            intake.append(command)
                    .whenComplete((clicked, error) -> context.runOnContext(v -> {
                        if (error != null) {
                            LOG.log(Level.WARNING, "a click could not be stored: " + error.getMessage());
                            fail(routing, plan, Outcome.FAILED);
                            return;
                        }
                        if (clicked.flagged()) {
                            outcomes.countFlagged();
                        }
                        answer.accept(clicked);
                    }));
        } catch (GroupCommit.OverloadedException e) {
            fail(routing, plan, Outcome.OVERLOADED);
        }
    }

    private void fail(RoutingContext routing, Chats.@Nullable Plan plan, Outcome outcome) {
        if (plan != null) {
            plan.choice().settle(false);
        }
        outcomes.count(outcome);
        RotatorPages.tryAgain(routing.response());
    }
}
