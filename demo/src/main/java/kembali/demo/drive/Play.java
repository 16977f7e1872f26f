package kembali.demo.drive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import kembali.demo.foresight.PixelPlan;
import kembali.demo.sample.Sample;
import kembali.demo.sample.Step;
import kembali.demo.sample.Story;
import org.jspecify.annotations.Nullable;

/** The sample on the stage, act by act. */
public final class Play {
    private static final int FAILING_MS = 1_500;
    private static final int THROTTLED_MS = 2_500;

    private final Api api;
    private final SandboxControl sandbox;
    private final Sample sample;
    private final Taps taps;
    private final Desk desk;
    private @Nullable Shop shop;
    private boolean settled = true;

    public Play(Stage stage, Sample sample) {
        this.api = stage.api();
        this.sandbox = stage.control();
        this.sample = sample;
        taps = new Taps(stage.http(), stage.server(), sample);
        desk = new Desk(api, sample, taps::code);
    }

    /** Sets up the workspace, and tells the sandbox whom it may recognise. */
    public void setUp() {
        sandbox.learn(sample);
        shop = Shop.open(api);
    }

    /** The workspace, once it is set up. */
    public Shop shop() {
        return Objects.requireNonNull(shop, "the workspace is not set up yet");
    }

    /** People tap rotator links, machines too. One answer of the platform gets lost. */
    public void taps(Progress progress) throws InterruptedException {
        sandbox.arm(PixelPlan.MAIN, "lose_answer", Map.of("count", 1));
        taps.play(progress);
        settle(progress);
    }

    /** Forms, calls and an import bring leads without a tap. */
    public void submissions(Progress progress) throws InterruptedException {
        desk.submit();
        settle(progress);
    }

    // The place for what people write in the chats (messages of WhatsApp providers) and for postbacks of
    // shop systems: acts of their own between the taps and the work of CS.

    /** CS works, while the platform is in trouble for a few seconds: one pixel fails, one is told to wait. */
    public void work(Progress progress) throws InterruptedException {
        int failing = sandbox.arm(PixelPlan.MAIN, "fail", Map.of());
        int throttled = sandbox.arm(PixelPlan.EVERYBODY, "throttle", Map.of("retryAfterSeconds", 60));
        Thread recovery = Thread.startVirtualThread(() -> recover(failing, throttled));
        try {
            desk.work(progress);
        } finally {
            recovery.join();
        }
        settle(progress);
    }

    /** Two events the platform treats in a special way, each by itself. */
    public void singled(Progress progress) throws InterruptedException {
        for (Story story : sample.stories()) {
            for (Step step : story.steps()) {
                if (step instanceof Step.Singled special) {
                    int fault = switch (special.treatment()) {
                        case COMPLAINS -> sandbox.arm(PixelPlan.MAIN, "partial", Map.of());
                        case REFUSES -> sandbox.arm(PixelPlan.MAIN, "fail", Map.of("status", 400, "code", 100));
                    };
                    desk.play(story, step);
                    settle(progress);
                    sandbox.disarm(fault);
                }
            }
        }
    }

    /** Reads back what became of it all. */
    public Ending ending() {
        var complaints = new ArrayList<String>();
        if (!settled) {
            complaints.add("the queues of the working pixels did not run empty in time");
        }
        complaints.addAll(taps.complaints());
        complaints.addAll(desk.complaints());
        return Ending.read(api, sandbox, shop(), taps.newByAgent(), List.copyOf(complaints));
    }

    private void settle(Progress progress) throws InterruptedException {
        settled &= new Queues(api, shop()).settle(progress);
    }

    private void recover(int failing, int throttled) {
        try {
            TimeUnit.MILLISECONDS.sleep(FAILING_MS);
            sandbox.disarm(failing);
            TimeUnit.MILLISECONDS.sleep(THROTTLED_MS - FAILING_MS);
            sandbox.disarm(throttled);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
