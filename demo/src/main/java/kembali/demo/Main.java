package kembali.demo;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import kembali.demo.drive.Api;
import kembali.demo.drive.Ending;
import kembali.demo.drive.Play;
import kembali.demo.drive.Shop;
import kembali.demo.drive.Stage;
import kembali.demo.drive.StartFailedException;
import kembali.demo.foresight.Foresight;
import kembali.demo.platform.PixelPlan;
import kembali.demo.platform.Platform;
import kembali.demo.platform.Platforms;
import kembali.demo.report.Acts;
import kembali.demo.report.Check;
import kembali.demo.report.Journey;
import kembali.demo.report.Report;
import kembali.demo.report.Screen;
import kembali.demo.report.Screen.Look;
import kembali.demo.report.Words;
import kembali.demo.sample.Beginning;
import kembali.demo.sample.Sample;
import org.jspecify.annotations.Nullable;

/** Runs the demo from beginning to end. */
public final class Main {
    private static final int WRONG_USE = 64;

    private final Options options;
    private final Screen screen;

    private Main(Options options, Screen screen) {
        this.options = options;
        this.screen = screen;
    }

    /** Ends with 0 when all came as foreseen, 1 when not, and 64 when an argument is wrong. */
    public static void main(String[] args) {
        List<String> given = List.of(args);
        if (given.contains("--help") || given.contains("-h")) {
            System.out.print(Options.USAGE);
            return;
        }
        try {
            System.exit(new Main(Options.read(given), Screen.standard(System.getenv())).run());
        } catch (Options.WrongArgumentException e) {
            System.err.println("kembali demo: " + e.getMessage());
            System.err.print(Options.USAGE);
            System.exit(WRONG_USE);
        }
    }

    private int run() {
        var stage = new Stage();
        try {
            try {
                return play(stage);
            } catch (StartFailedException e) {
                return stage.isEnding() ? 1 : failed(String.valueOf(e.getMessage()), e.lastLines());
            } catch (Api.RefusedException e) {
                return stage.isEnding() ? 1 : failed(String.valueOf(e.getMessage()), stage.serverLog());
            } catch (RuntimeException e) {
                return stage.isEnding() ? 1 : failed(String.valueOf(e), stage.serverLog());
            }
        } catch (InterruptedException e) {
            return 1;
        }
    }

    private int play(Stage stage) throws StartFailedException, InterruptedException {
        Sample all = Sample.at(Instant.now());
        screen.line(Look.STRONG, "A batik shop advertises on " + platforms() + ".");
        Words.wrapped(
                        "Some " + all.stories().size() / 10 * 10
                                + " made-up people look at its pages, click its ads, write on WhatsApp, fill in forms and"
                                + " buy. Kembali reports each step; a sandbox on this machine stands in for the platforms."
                                + " Nothing leaves it.",
                        Screen.WIDTH)
                .forEach(screen::line);
        screen.line("");
        var acts = new Acts(screen);
        acts.play(
                "start",
                "server at " + stage.server() + ", sandbox platforms at " + stage.sandbox(),
                p -> stage.start(options.java(), options.server(), options.serverFlags(), options.sandbox()));
        Sample sample = stage.api().offers("/campaigns") ? all : all.withoutPartner();
        var play = new Play(stage, sample);
        acts.play(
                "set up",
                "workspace, " + Sample.AGENTS.size() + " agents, " + Sample.ROTATORS.size()
                        + " rotators, conversion values, " + Platforms.pixels().size() + " pixels",
                p -> play.setUp());
        Shop shop = play.shop();
        shop.connections().forEach(this::connection);
        acts.play(
                "page views",
                sample.hits() + " looks at the shop's pages by " + sample.onPages() + " people, told by the tracker",
                play::pages);
        acts.play(
                "ad clicks",
                sample.taps() + " taps on rotator links by people, "
                        + sample.machines().size() + " requests by bots and prefetches",
                play::taps);
        acts.play(
                "WhatsApp",
                sample.messages() + " messages: drafts of the rotator, click-to-WhatsApp chats, strangers",
                play::messages);
        acts.play(
                "form",
                sample.begin(Beginning.Filled.class) + " people fill in the form on the page, some press twice",
                play::forms);
        acts.play(
                "other leads",
                sample.begin(Beginning.Submitted.class)
                        + " by the API: calls, e-mails, landing pages, instant forms, an import",
                play::submissions);
        long byPartner = sample.begin(Beginning.Reported.class);
        if (byPartner > 0) {
            acts.play(
                    "postbacks",
                    byPartner + " people by a partner's campaign link, and what the partner reports of them",
                    play::partner);
        }
        acts.play(
                "CS works",
                "names, phones, statuses and sales; meanwhile the platforms failed and throttled",
                play::work);
        acts.play(
                "odd answers",
                sample.singled() + " events that a platform complained about, refused or did not answer",
                play::singled);
        acts.play("late verdicts", "Google Ads judges later what it took: an hour in real life", play::verdicts);
        Ending ending = play.ending();
        new Report(screen, ending, shop).print(Instant.now());
        List<Check.Difference> differences = Check.differences(Foresight.of(sample), ending, shop);
        verdict(differences, ending);
        if (options.once()) {
            return differences.isEmpty() ? 0 : 1;
        }
        addresses(stage, Journey.of(ending));
        stage.awaitServerEnd();
        return 1;
    }

    private static String platforms() {
        String all = Platforms.all().stream().map(Platform::title).collect(Collectors.joining(", "));
        int comma = all.lastIndexOf(", ");
        return comma < 0 ? all : all.substring(0, comma) + " and " + all.substring(comma + 2);
    }

    private void connection(PixelPlan pixel, Shop.Connection said) {
        screen.line("    Test Connection of %-43s %s"
                .formatted(pixel + ":", screen.styled(said.ok() ? Look.GOOD : Look.WARN, said.verdict())));
    }

    private void verdict(List<Check.Difference> differences, Ending ending) {
        screen.heading("Verdict");
        if (differences.isEmpty()) {
            screen.line(screen.styled(Look.GOOD, "✓ as foreseen")
                    + String.format(
                            Locale.ROOT,
                            ": all %,d deliveries, %,d leads, no event twice without need, no lead from a machine",
                            ending.entries().size(),
                            ending.leads()));
            return;
        }
        screen.line(Look.BAD, "✗ " + differences.size() + " figures came otherwise than the sample foresees");
        for (Check.Difference d : differences) {
            screen.line("  " + d.what());
            screen.line("    expected  " + d.expected());
            screen.line("    actual    " + d.actual());
        }
    }

    private void addresses(Stage stage, @Nullable String someone) {
        screen.heading("Look around");
        screen.line("API to try out    " + stage.server() + "/api/docs");
        screen.line("what arrived      " + stage.sandbox() + "/");
        screen.line("a rotator link    " + stage.server() + "/wa/" + Sample.ROTATORS.getFirst());
        screen.line("admin key         " + stage.adminKey());
        screen.line("");
        screen.line("K=" + stage.server() + "/api/v1 H='Authorization: Bearer " + stage.adminKey() + "'");
        if (someone != null) {
            request("/leads/" + someone + "/timeline", "everything about one person");
            request("/sync-logs?visitor=" + someone, "what platforms were told of them");
        }
        request("/sync-logs?reason=missing_click_id&limit=3", "why nothing was sent");
        request("/sync-logs?status=pending&limit=3", "what waits for a mended pixel");
        request("/sources", "who sends something in");
        screen.line("");
        screen.line(Look.FAINT, "Ctrl-C ends server and sandbox and deletes their data.");
    }

    private void request(String path, String what) {
        screen.line("%-66s".formatted("curl -s -H \"$H\" \"$K" + path + "\"") + screen.styled(Look.FAINT, "  " + what));
    }

    private int failed(String what, List<String> log) {
        screen.line(Look.BAD, "✗ " + what);
        log.forEach(line -> screen.line(Look.FAINT, "  " + line));
        return 1;
    }
}
