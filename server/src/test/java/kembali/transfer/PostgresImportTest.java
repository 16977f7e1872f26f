package kembali.transfer;

import static kembali.testing.TestHub.WS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import kembali.api.ImportedLeads;
import kembali.testing.TestDatabase;
import kembali.transfer.row.LeadChecks;
import org.junit.jupiter.api.Test;

class PostgresImportTest extends ImportContract {
    @Override
    TestDatabase freshDatabase(Path folder) {
        return TestDatabase.postgres();
    }

    @Test
    void twoProcessesOfOneDataFolderDoNotWorkOnTheSameFile() throws InterruptedException {
        var working = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        LeadChecks real = new ImportedLeads(
                hub().hub.workspaces(), hub().hub.pipelines(), hub().hub.visitors());
        Imports first = imports((ws, fields, past, now) -> {
            working.countDown();
            try {
                assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return real.check(ws, fields, past, now);
        });
        ImportJob job = first.take(leads(), file("name\nBudi\n"));
        assertThat(working.await(20, TimeUnit.SECONDS)).isTrue();
        var looked = new AtomicInteger();
        Imports second = imports((ws, fields, past, now) -> {
            looked.incrementAndGet();
            return real.check(ws, fields, past, now);
        });

        // The second one works on what is new, and leaves the other alone.
        ImportJob own = over(second, second.take(leads(), file("name\nAni\n")));
        assertThat(own.progress().created()).isEqualTo(1);
        assertThat(looked).hasValue(1);
        assertThat(second.get(WS, job.id()).state()).isEqualTo(ImportState.RUNNING);
        goOn.countDown();
        assertThat(over(first, job).progress().created()).isEqualTo(1);
        assertThat(allLeads()).hasSize(2);
    }
}
