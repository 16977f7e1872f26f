package kembali.demo.drive;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import kembali.demo.platform.Fault;
import kembali.demo.platform.Platform;
import kembali.demo.platform.Platforms;
import kembali.demo.sample.Beginning;
import kembali.demo.sample.Person;
import kembali.demo.sample.Sample;
import kembali.demo.sample.Step;
import kembali.demo.sample.Story;
import org.jspecify.annotations.Nullable;

/** The sample on the stage, act by act. */
public final class Play {
    private final Api api;
    private final SandboxControl sandbox;
    private final Sample sample;
    private final URI server;
    private final Browsers browsers;
    private final Pages pages;
    private final Taps taps;
    private final Inbox inbox;
    private final Forms forms;
    private final Partner partner;
    private final Desk desk;
    private @Nullable Shop shop;
    private @Nullable Witness witness;
    private boolean settled = true;
    private boolean read = true;
    private boolean judged = true;

    public Play(Stage stage, Sample sample) {
        this.api = stage.api();
        this.sandbox = stage.control();
        this.sample = sample;
        server = stage.server();
        browsers = new Browsers(stage.http(), server);
        pages = new Pages(browsers, sample);
        taps = new Taps(stage.http(), server, browsers, sample);
        inbox = new Inbox(stage.http(), sample, taps);
        forms = new Forms(browsers, sample);
        partner = new Partner(stage.http(), server, api, browsers, sample);
        desk = new Desk(api, sample, browsers::code);
    }

    /** Sets up the workspace, and tells the sandbox whom it may recognise. */
    public void setUp() {
        sandbox.learn(sample);
        witness = Witness.begin(sandbox);
        Shop opened = Shop.open(api, server);
        shop = sample.begin(Beginning.Reported.class) == 0 ? opened : opened.with(Shop.POSTBACK, partner.open());
    }

    /** The workspace, once it is set up. */
    public Shop shop() {
        return Objects.requireNonNull(shop, "the workspace is not set up yet");
    }

    /** People look at the shop's pages. */
    public void pages(Progress progress) throws InterruptedException {
        pages.play(shop().trackerKey(), progress);
        settle(progress);
    }

    /** People tap rotator links, machines too. Small mishaps at the platforms. */
    public void taps(Progress progress) throws InterruptedException {
        Platforms.all().forEach(p -> p.whileTapping().forEach(sandbox::arm));
        taps.play(progress);
        settle(progress);
    }

    /** Forms, calls and an import bring leads without a tap. */
    public void submissions(Progress progress) throws InterruptedException {
        desk.submit();
        settle(progress);
    }

    /** What people write on WhatsApp comes in from the providers. */
    public void messages(Progress progress) throws InterruptedException {
        for (int wave = 0; wave <= 1; wave++) {
            inbox.play(wave, shop(), progress);
            read &= new Queues(api, shop()).settleRequests(progress);
        }
        inbox.noise(shop());
        read &= new Queues(api, shop()).settleRequests(progress);
        desk.findWriters();
        settle(progress);
    }

    /** People fill in the form on the page. */
    public void forms(Progress progress) throws InterruptedException {
        forms.play(shop());
        read &= new Queues(api, shop()).settleRequests(progress);
        settle(progress);
    }

    /** People come by a partner network's campaign link, and the network reports what they did. */
    public void partner(Progress progress) throws InterruptedException {
        partner.play(shop(), progress);
        settle(progress);
    }

    /** CS works, while the platforms are in trouble for a few seconds: one fails, another asks to wait. */
    public void work(Progress progress) throws InterruptedException {
        var recoveries = new ArrayList<Thread>();
        for (Platform platform : Platforms.all()) {
            for (Fault fault : platform.whileWorking()) {
                int id = sandbox.arm(fault);
                recoveries.add(Thread.startVirtualThread(() -> recover(id, fault.millis())));
            }
        }
        try {
            desk.work(progress);
        } finally {
            for (Thread recovery : recoveries) {
                recovery.join();
            }
        }
        settle(progress);
    }

    /** Events that a platform treats in a special way, each by itself. */
    public void singled(Progress progress) throws InterruptedException {
        for (Story story : sample.stories()) {
            for (Step step : story.steps()) {
                if (step instanceof Step.Singled special) {
                    Platforms.all().stream()
                            .map(p -> p.singled(special.treatment()))
                            .filter(Objects::nonNull)
                            .forEach(sandbox::arm);
                    desk.play(story, step);
                    settle(progress);
                }
            }
        }
    }

    /** Waits for the verdicts that platforms give later. */
    public void verdicts(Progress progress) throws InterruptedException {
        judged = new Queues(api, shop()).settleVerdicts(progress);
    }

    /** Reads back what became of it all. */
    public Ending ending() throws InterruptedException {
        var complaints = new ArrayList<String>();
        if (!settled) {
            complaints.add("the queues of the working pixels did not run empty in time");
        }
        if (!judged) {
            complaints.add("the platforms' later verdicts did not come in time");
        }
        if (!read) {
            complaints.add("what came in from other systems was not read in time");
        }
        complaints.addAll(pages.complaints());
        complaints.addAll(taps.complaints());
        complaints.addAll(inbox.complaints());
        complaints.addAll(forms.complaints());
        complaints.addAll(partner.complaints());
        complaints.addAll(desk.complaints());
        var people = new HashMap<String, Person>();
        for (Story story : sample.stories()) {
            people.put(desk.lead(story), sample.person(story));
        }
        Witness seen = Objects.requireNonNull(witness, "nothing was set up");
        return Ending.read(
                api, sandbox, seen, shop(), taps.newByAgent(), people::get, desk.messages(), List.copyOf(complaints));
    }

    private void settle(Progress progress) throws InterruptedException {
        settled &= new Queues(api, shop()).settle(progress);
    }

    private void recover(int fault, int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
            sandbox.disarm(fault);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
