package kembali.transfer;

import static kembali.testing.TestHub.WS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import kembali.api.ImportedLeads;
import kembali.conversion.Decisions;
import kembali.delivery.Delivery;
import kembali.lead.Lead;
import kembali.platform.ConversionEvent;
import kembali.support.Refusal;
import kembali.testing.Eventually;
import kembali.testing.LeadForm;
import kembali.testing.TestHub;
import kembali.transfer.column.ImportKind;
import kembali.transfer.row.LeadChecks;
import kembali.visitor.Click;
import org.junit.jupiter.api.Test;

/** What imports hold to on every database. */
abstract class ImportContract extends ImportFixture {
    private static final String SHEET = """
            Nama;No HP;Email;Status;Nilai;Tanggal;gclid
            Budi Santoso;0812-3456-7890;budi@example.co.id;Won;Rp 1.500.000;20/11/2026 10:00;Cj0KCQ-budi
            Ani;;ani@example.co.id;qualified;;19/11/2026;
            Cici;12;cici@example.co.id;frobnicate;1;19/11/2026;
            Dodi;6.28123E+12;;new;;19/11/2026;
            ;;;;;;
            Eka;+60123456789;;;-5;19/11/2026;
            """;

    private ImportedLeads checks() {
        return new ImportedLeads(
                hub().hub.workspaces(), hub().hub.pipelines(), hub().hub.visitors());
    }

    @Test
    void takesLeadsAndSaysOfEveryOtherRowWhatIsWrong() {
        Imports imports = imports();

        ImportJob job = run(imports, leads(), SHEET);

        assertThat(job.state()).isEqualTo(ImportState.DONE);
        assertThat(job.plan().shape().delimiter()).isEqualTo(';');
        assertThat(counts(job)).containsExactly(2L, 0L, 0L, 3L, 0L);
        assertThat(job.progress().rows()).isEqualTo(6);
        assertThat(report(imports, job))
                .containsExactly(
                        "4 refused Status: is no status of the workspace; say what its words mean, such as"
                                + " statuses={\"Closing\":\"won\"}. The statuses are: pageview, new, contacted, responded,"
                                + " qualified, hot, proposal, negotiation, invoice, won, lost",
                        "5 refused No HP: was rounded by a spreadsheet, its last digits are lost; give the column the format"
                                + " Text there, and export it again",
                        "7 refused Nilai: must not be negative");
        Lead budi = allLeads().getFirst();
        assertThat(budi.person().name()).isEqualTo("Budi Santoso");
        assertThat(budi.person().phoneE164()).isEqualTo("+6281234567890");
        assertThat(budi.status()).isEqualTo("won");
        assertThat(budi.actualValue()).isEqualByComparingTo(new BigDecimal("1500000"));
        Instant then = Instant.parse("2026-11-20T03:00:00Z");
        assertThat(budi.createdAt()).isEqualTo(then);
        assertThat(budi.statusAt()).isEqualTo(then);
        var visitor = hub().visitorOf(budi.id());
        assertThat(visitor.profile().clicks().get("gclid"))
                .satisfies(id ->
                        assertThat(id).isNotNull().extracting("firstSeenMs").isEqualTo(then.toEpochMilli()));
        assertThat(visitor.profile().lastTouch()).extracting("at").isEqualTo(then);
    }

    @Test
    void changesNothingWhenTheFileComesAgain() {
        Imports imports = imports();
        run(imports, leads(), SHEET);
        List<Lead> before = allLeads();

        ImportJob again = run(imports, leads(), SHEET);

        assertThat(counts(again)).containsExactly(0L, 0L, 2L, 3L, 0L);
        assertThat(allLeads()).isEqualTo(before);
    }

    @Test
    void changesWhatTheFileSaysOtherwiseAndLeavesTheRest() {
        Imports imports = imports();
        String id = hub().submit(
                        LeadForm.blank().name("Budi").phone("+6281234567890").externalRef("crm-1"))
                .lead()
                .id();

        ImportJob job = run(imports, leads(), "phone,name,email,city\n0812 3456 7890,,budi@example.co.id,Bandung\n");

        assertThat(counts(job)).containsExactly(0L, 1L, 0L, 0L, 0L);
        Lead lead = hub().lead(id);
        assertThat(lead.person().name()).isEqualTo("Budi");
        assertThat(lead.person().email()).isEqualTo("budi@example.co.id");
        assertThat(lead.person().city()).isEqualTo("Bandung");
        assertThat(lead.externalRef()).isEqualTo("crm-1");
    }

    @Test
    void foreseesInADryRunWhatBecomesOfTheFileAndChangesNothing() {
        Imports imports = imports();
        hub().submit(LeadForm.blank().name("Ani").email("ani@example.co.id").status("qualified"));
        String text = SHEET + "Budi;0812-3456-7890;;;;20/11/2026 10:00;\n";
        List<Lead> before = allLeads();

        ImportJob dry = run(imports, request(ImportKind.LEADS, true, false, Map.of()), text);

        assertThat(dry.state()).isEqualTo(ImportState.DONE);
        assertThat(allLeads()).isEqualTo(before);
        assertThat(imports.canStart(dry)).isTrue();
        List<String> foretold = report(imports, dry);
        ImportJob real = over(imports, imports.begin(WS, dry.id()));
        assertThat(real.dryRun()).isFalse();
        assertThat(counts(real)).isEqualTo(counts(dry)).containsExactly(1L, 1L, 1L, 3L, 0L);
        assertThat(report(imports, real)).isEqualTo(foretold);
        assertThat(imports.canStart(real)).isFalse();
    }

    @Test
    void takesStatusesOverWithoutReportingThemNowOrLater() {
        Imports imports = imports();
        hub().pixel("100000000000001");
        run(imports, leads(), "name,email,status,fbclid,value\nBudi,budi@example.co.id,won,IwAR-budi-1234,5\n");
        Lead lead = allLeads().getFirst();

        assertThat(lead.takenOver()).containsExactly("won");
        assertThat(hub().rows()).isEmpty();
        assertThat(hub().reach(lead.id(), "won").deliveries()).isEmpty();
        assertThat(hub().rows()).isEmpty();
        List<Delivery> preview = preview(hub().lead(lead.id()), "won");
        assertThat(preview).singleElement().satisfies(d -> {
            assertThat(d.status()).isEqualTo("skipped");
            assertThat(d.reason()).extracting("code").isEqualTo("taken_over");
        });

        hub().reach(lead.id(), "lost");
        assertThat(hub().row(lead.id(), "lost").status()).isEqualTo("pending");
        // Back to what the other system reported: still not ours to report.
        hub().reach(lead.id(), "won");
        assertThat(hub().rows()).hasSize(1);
        hub().apply(TestHub.won(lead.id(), "70000", "INV-2", true));
        assertThat(hub().row(lead.id(), "won").orderId()).isEqualTo("INV-2");
    }

    private List<Delivery> preview(Lead lead, String status) {
        var visitor = hub().visitorOf(lead.id());
        return hub().hub
                .decisions()
                .preview(
                        new Decisions.Reached(
                                lead.withStatus(status, clock.instant()),
                                visitor,
                                status,
                                clock.instant(),
                                ConversionEvent.Origin.CRM,
                                null,
                                null),
                        clock.instant(),
                        List.of());
    }

    @Test
    void reportsStatusesWhenAskedAlsoThoseTakenOverBefore() {
        Imports imports = imports();
        hub().pixel("100000000000001");
        String text = "name,email,status,fbclid,value\nBudi,budi@example.co.id,won,IwAR-budi-1234,5\n";
        run(imports, leads(), text);

        ImportJob told = run(imports, request(ImportKind.LEADS, false, true, Map.of()), text);

        assertThat(counts(told)).containsExactly(0L, 1L, 0L, 0L, 0L);
        Lead lead = allLeads().getFirst();
        assertThat(lead.takenOver()).isEmpty();
        assertThat(hub().row(lead.id(), "won").status()).isEqualTo("pending");
        ImportJob again = run(imports, request(ImportKind.LEADS, false, true, Map.of()), text);
        assertThat(counts(again)).containsExactly(0L, 0L, 1L, 0L, 0L);
        assertThat(hub().rows(lead.id())).hasSize(1);
    }

    @Test
    void keepsAStatusThatIsNewerThanTheFiles() {
        Imports imports = imports();
        String id = hub().submit(LeadForm.blank().email("budi@example.co.id"))
                .lead()
                .id();
        hub().reach(id, "won");

        ImportJob job = run(imports, leads(), "email,status,occurredAt\nbudi@example.co.id,contacted,2026-01-05\n");

        assertThat(counts(job)).containsExactly(0L, 0L, 1L, 0L, 1L);
        assertThat(hub().lead(id).status()).isEqualTo("won");
        assertThat(report(imports, job))
                .containsExactly("2 warning : has been won since a later time than the file says; its status stays");
    }

    @Test
    void takesLeadsOfKonektorUnderTheirIds() {
        Imports imports = imports();
        String text = """
                id,uniqueCode,externalRef,firstName,lastName,phone,status,priority,source,adPlatform,createdAt
                7b0c8a1e-0000-4000-8000-000000000001,ABC1234,,Budi,Santoso,6281234567890,contacted,high,whatsapp,meta,2026-10-01T03:00:00.000Z
                7b0c8a1e-0000-4000-8000-000000000002,DEF5678,crm-9,Ani,,+6281234567891,new,medium,ads,google,2026-10-02T03:00:00.000Z
                """;

        ImportJob job = run(imports, leads(), text);

        assertThat(job.plan().format()).isEqualTo("an export of leads from Konektor");
        assertThat(allLeads())
                .extracting(Lead::externalRef)
                .containsExactly("7b0c8a1e-0000-4000-8000-000000000001", "crm-9");
        assertThat(allLeads()).extracting(l -> l.person().name()).containsExactly("Budi Santoso", "Ani");
        // Their code looks like ours, and is not: nobody here gets it.
        assertThat(allLeads()).extracting(Lead::code).doesNotContain("ABC1234", "DEF5678");
        assertThat(counts(run(imports, leads(), text))).containsExactly(0L, 0L, 2L, 0L, 0L);
    }

    @Test
    void refusesAFileNobodyUnderstandsBeforeItIsAJob() throws IOException {
        Imports imports = imports();

        assertThatThrownBy(() -> imports.take(leads(), file(""))).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> imports.take(leads(), file("\n\n"))).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> imports.take(leads(), file("foo,bar\n1,2\n")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("mapping");
        assertThatThrownBy(() -> imports.take(leads(), file("name,note\n\"Budi,x\nAni,y\n")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> imports.take(
                        request(ImportKind.LEADS, false, false, Map.of("Lunas", "paid")), file("name\nBudi\n")))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        r -> assertThat(r.errors()).extracting("field").containsExactly("statuses.Lunas"));
        assertThat(imports.list(WS, null, 10)).isEmpty();
        assertThat(sealedFiles()).isEmpty();
    }

    @Test
    void keepsFilesSealedAndOnlyAsLongAsTheyAreNeeded() throws IOException {
        Imports imports = imports();
        ImportJob dry = run(imports, request(ImportKind.LEADS, true, false, Map.of()), SHEET);

        assertThat(sealedFiles()).hasSize(1);
        assertThat(new String(Files.readAllBytes(sealedFiles().getFirst()), StandardCharsets.ISO_8859_1))
                .doesNotContain("Budi", "budi@example.co.id", "0812");
        clock.forward(Duration.ofHours(25));
        imports.sweep();
        assertThat(sealedFiles()).isEmpty();
        assertThat(imports.canStart(imports.get(WS, dry.id()))).isFalse();
        assertThatThrownBy(() -> imports.begin(WS, dry.id())).isInstanceOf(Refusal.class);
        run(imports, leads(), SHEET);
        assertThat(sealedFiles()).isEmpty();
        clock.forward(Duration.ofDays(31));
        imports.sweep();
        assertThat(imports.list(WS, null, 10)).isEmpty();
    }

    private List<Path> sealedFiles() throws IOException {
        Path imports = folder.resolve("imports");
        if (!Files.exists(imports)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(imports)) {
            return files.filter(f -> f.toString().endsWith(".sealed")).toList();
        }
    }

    /** Rows nobody could find again: taken twice, they would be there twice. */
    private static String strangers(int rows) {
        var text = new StringBuilder("name,city\n");
        for (int i = 1; i <= rows; i++) {
            text.append(i % 10 == 0 ? "Nobody" + "x".repeat(300) : "Stranger " + i)
                    .append(",Bandung\n");
        }
        return text.toString();
    }

    @Test
    void takesNoRowTwiceAndLosesNoneWhenTheProcessDiesInTheMiddle() {
        var looked = new AtomicInteger();
        var died = new CountDownLatch(1);
        LeadChecks real = checks();
        Imports dying = imports((ws, fields, past, now) -> {
            if (looked.incrementAndGet() > 700) {
                died.countDown();
                throw new AssertionError("the process dies");
            }
            return real.check(ws, fields, past, now);
        });
        ImportJob job = dying.take(leads(), file(strangers(1_500)));
        Eventually.eventually(() -> assertThat(died.getCount()).isZero());
        close();
        reopen();
        int there = allLeads().size();
        assertThat(there).isBetween(1, 700);
        clock.forward(ImportJobs.LEASE.plusSeconds(1));

        Imports next = imports();
        ImportJob over = over(next, job);

        assertThat(over.state()).isEqualTo(ImportState.DONE);
        assertThat(counts(over)).containsExactly(1_350L, 0L, 0L, 150L, 0L);
        assertThat(over.progress().rows()).isEqualTo(1_500);
        assertThat(allLeads()).hasSize(1_350);
        assertThat(report(next, over)).hasSize(150).doesNotHaveDuplicates();
        assertThat(report(next, over).getFirst()).startsWith("11 refused name: must have at most 200 characters");
    }

    @Test
    void stopsWhenCancelledAndGoesOnFromThere() throws InterruptedException {
        var looked = new AtomicInteger();
        var reached = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        LeadChecks real = checks();
        Imports imports = imports((ws, fields, past, now) -> {
            if (looked.incrementAndGet() == 500) {
                reached.countDown();
                try {
                    assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return real.check(ws, fields, past, now);
        });
        ImportJob job = imports.take(leads(), file(strangers(1_500)));
        assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();

        assertThat(imports.cancel(WS, job.id()).state()).isEqualTo(ImportState.CANCELLED);
        goOn.countDown();
        int there = allLeads().size();
        assertThat(there).isLessThan(500);
        assertThatThrownBy(() -> imports.cancel(WS, job.id())).isInstanceOf(Refusal.class);
        ImportJob over = over(imports, imports.begin(WS, job.id()));

        assertThat(counts(over)).containsExactly(1_350L, 0L, 0L, 150L, 0L);
        assertThat(allLeads()).hasSize(1_350);
        imports.remove(WS, job.id());
        assertThatThrownBy(() -> imports.get(WS, job.id())).isInstanceOf(Refusal.class);
    }

    @Test
    void failsAtARowThatCannotBeReadAndKeepsThoseBefore() {
        Imports imports = imports();
        // Beyond what is looked at before the file is taken.
        String text = strangers(3_000) + "\"Ani,Bandung\n";

        ImportJob job = run(imports, leads(), text);

        assertThat(job.state()).isEqualTo(ImportState.FAILED);
        assertThat(job.error()).startsWith("Line 3002: ").contains("quote");
        assertThat(job.progress().rows()).isEqualTo(3_000);
        assertThat(allLeads()).hasSize(2_700);
    }

    @Test
    void takesClicksSoThatLatePostbacksFindThem() {
        Imports imports = imports();
        String text =
                "subid,time,params\n3SH8so4er3,2026-11-20 10:00:00,\"fbclid=IwAR0abcdefghij&sub_id_1=a\"\nabc,,\n";

        ImportJob dry = run(imports, request(ImportKind.CLICKS, true, false, Map.of()), text);
        assertThat(counts(dry)).containsExactly(1L, 0L, 0L, 1L, 0L);
        ImportJob job = over(imports, imports.begin(WS, dry.id()));

        assertThat(counts(job)).containsExactly(1L, 0L, 0L, 1L, 0L);
        Click click = Objects.requireNonNull(
                hub().store().read(sql -> hub().hub.clicks().find(sql, WS, "3sh8so4er3")));
        assertThat(click.at()).isEqualTo(Instant.parse("2026-11-20T03:00:00Z"));
        assertThat(click.content().slots()).containsEntry("sub_id_1", "a");
        var visitor = Objects.requireNonNull(
                hub().store().read(sql -> hub().hub.visitors().find(sql, WS, click.visitorNo())));
        assertThat(visitor.profile().clicks().value("fbclid")).isEqualTo("IwAR0abcdefghij");
        assertThat(counts(run(imports, request(ImportKind.CLICKS, false, false, Map.of()), text)))
                .containsExactly(0L, 0L, 1L, 1L, 0L);
    }

    @Test
    void checksConversionsAndSaysWhoseNobodyKnows() {
        Imports imports = imports();
        run(imports, request(ImportKind.CLICKS, false, false, Map.of()), "subid,time\nabc,2026-11-20\n");
        String text = """
                subid,payout,tid,status,time
                ABC,12.5,T1,sale,2026-11-20 11:00
                unknown,1,,lead,2026-11-20 11:00
                abc,1,,frobnicate,2026-11-20 11:00
                """;

        ImportJob dry = run(imports, request(ImportKind.CONVERSIONS, true, false, Map.of()), text);

        assertThat(counts(dry)).containsExactly(2L, 0L, 0L, 1L, 1L);
        assertThat(report(imports, dry).getFirst()).startsWith("3 warning : names nobody known here");
        assertThatThrownBy(() -> imports.take(request(ImportKind.CONVERSIONS, false, false, Map.of()), file(text)))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> imports.begin(WS, dry.id())).isInstanceOf(Refusal.class);
    }

    @Test
    void takesTheSameLeadOncePerFileHoweverOftenItIsInIt() {
        Imports imports = imports();
        String text = "email,status,occurredAt\n"
                + "budi@example.co.id,new,2026-11-01\nBUDI@example.co.id,won,2026-11-02\nbudi@example.co.id,won,2026-11-02\n";

        ImportJob job = run(imports, leads(), text);

        assertThat(allLeads()).singleElement().extracting(Lead::status).isEqualTo("won");
        assertThat(job.progress().created()).isEqualTo(1);
    }
}
