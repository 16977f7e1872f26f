package kembali.store;

import static kembali.store.schema.Tables.SETTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import kembali.support.Ids;
import kembali.support.Refusal;
import kembali.support.Secrets;
import kembali.testing.TestClock;
import kembali.testing.TestDatabase;
import kembali.visitor.Consents;
import kembali.visitor.Visitor;
import kembali.visitor.VisitorProfile;
import kembali.visitor.Visitors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every database behind the {@link Store} must keep to. */
abstract class StoreContract {
    static final int WS = 1;

    private static final int QUEUE = 20_000;
    private static final int BLOCK = 1_000;

    final TestClock clock = new TestClock();
    TestDatabase database = c -> {
        throw new IllegalStateException("not made yet");
    };
    private @Nullable Store opened;

    /** An empty database for one test. */
    abstract TestDatabase freshDatabase();

    @BeforeEach
    void openFreshDatabase() {
        database = freshDatabase();
        opened = database.open(clock);
    }

    @AfterEach
    void closeStore() {
        store().close();
    }

    Store store() {
        Store s = opened;
        if (s == null) {
            throw new IllegalStateException("no store is open");
        }
        return s;
    }

    void reopen() {
        store().close();
        opened = database.open(clock);
    }

    @Test
    void answersOnlyAfterTheCommitIsVisibleToAReader() {
        for (int i = 0; i < 50; i++) {
            String name = "visible-" + i;
            boolean seen = store().submit(insert(name))
                    .thenApply(ok -> names().contains(name))
                    .join();
            assertThat(seen).as("the reader sees " + name).isTrue();
        }
    }

    @Test
    void showsNothingOfATransactionThatIsNotCommitted() throws InterruptedException {
        var written = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var answer = store().submit(tx -> {
            insert("half done").apply(tx);
            written.countDown();
            await(go);
            return true;
        });
        await(written);
        assertThat(names()).isEmpty();
        assertThat(answer).isNotDone();
        go.countDown();
        answer.join();
        assertThat(names()).containsExactly("half done");
    }

    @Test
    void workThatWaitsTogetherSharesOneTransaction() {
        var instants = new HashSet<Instant>();
        var answers = new ArrayList<CompletableFuture<Boolean>>();
        whileTheWriterIsBusy(() -> {
            for (int i = 0; i < 100; i++) {
                answers.add(store().submit(tx -> instants.add(tx.now())));
                clock.forward(java.time.Duration.ofMillis(1));
            }
        });
        answers.forEach(CompletableFuture::join);
        assertThat(instants).hasSize(1);
    }

    @Test
    void rollsBackOnlyTheWorkThatFailsAndStoresItsNeighbours() {
        var good = new ArrayList<CompletableFuture<Boolean>>();
        var bad = new ArrayList<CompletableFuture<Boolean>>();
        whileTheWriterIsBusy(() -> {
            for (int i = 0; i < 20; i++) {
                good.add(store().submit(insert("good-" + i)));
                if (i % 7 == 3) {
                    String name = "bad-" + i;
                    bad.add(store().submit(tx -> {
                        insert(name).apply(tx);
                        throw new IllegalStateException("a bug in " + name);
                    }));
                }
            }
        });
        good.forEach(a -> assertThat(a.join()).isTrue());
        assertThat(bad).hasSize(3);
        bad.forEach(a -> assertThatThrownBy(a::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .hasMessageStartingWith("a bug in bad-"));
        assertThat(names()).hasSize(20).allMatch(n -> n.startsWith("good-"));
    }

    @Test
    void workThatBreaksARuleOfTheDatabaseFailsAlone() {
        store().write(insert("taken"));
        var answers = new ArrayList<CompletableFuture<Boolean>>();
        whileTheWriterIsBusy(() -> {
            answers.add(store().submit(insert("before")));
            answers.add(store().submit(insert("taken")));
            answers.add(store().submit(insert("after")));
        });
        assertThat(answers.get(0).join()).isTrue();
        assertThatThrownBy(answers.get(1)::join).isInstanceOf(CompletionException.class);
        assertThat(answers.get(2).join()).isTrue();
        assertThat(names()).containsExactlyInAnyOrder("taken", "before", "after");
    }

    @Test
    void aFailedFlushTakesNothingWithItIntoTheNextTransaction() {
        record Broken(Tx tx) implements Tx.Part {
            @Override
            public void flush() {
                throw new IllegalStateException("flush failed");
            }
        }
        assertThatThrownBy(() -> store().write(tx -> {
                    insert("lost").apply(tx);
                    return tx.part(Broken.class, Broken::new);
                }))
                .hasMessage("flush failed");
        store().write(insert("kept"));
        assertThat(names()).containsExactly("kept");
    }

    @Test
    void aRefusalReachesOnlyItsCallerAndCostsNobodyASecondRun() {
        var runs = new AtomicInteger();
        var answers = new ArrayList<CompletableFuture<Boolean>>();
        whileTheWriterIsBusy(() -> {
            answers.add(store().submit(tx -> {
                runs.incrementAndGet();
                return insert("neighbour").apply(tx);
            }));
            answers.add(store().submit(tx -> {
                throw Refusal.notFound("There is no such thing.");
            }));
        });
        assertThat(answers.get(0).join()).isTrue();
        assertThatThrownBy(answers.get(1)::join).hasCauseInstanceOf(Refusal.class);
        assertThat(runs).hasValue(1);
        assertThatThrownBy(() -> store().write(tx -> {
                    throw Refusal.notFound("There is no such thing.");
                }))
                .isInstanceOf(Refusal.class)
                .hasMessage("There is no such thing.");
    }

    @Test
    void anErrorOfTheRuntimeFailsItsCallerAndNotTheWriter() {
        CompletableFuture<Boolean> answer = store().submit(tx -> {
            throw new NoClassDefFoundError("a/broken/Class");
        });
        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS)).hasRootCauseInstanceOf(NoClassDefFoundError.class);
        assertThat(store().write(insert("still alive"))).isTrue();
    }

    @Test
    void runsAfterCommitActionsOnlyWhenTheCommitHappened() {
        var ran = new ArrayList<String>();
        store().write(tx -> {
            tx.afterCommit(() -> ran.add("stored, readers see " + names()));
            return insert("a").apply(tx);
        });
        assertThatThrownBy(() -> store().write(tx -> {
                    tx.afterCommit(() -> ran.add("rolled back"));
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(ran).containsExactly("stored, readers see [a]");
    }

    @Test
    void whatWasCommittedIsNotDoneAgainWhenAnActionAfterItFails() {
        var runs = new AtomicInteger();
        var second = new AtomicBoolean();
        boolean answer = store().write(tx -> {
            runs.incrementAndGet();
            tx.afterCommit(() -> {
                throw new IllegalStateException("somebody's listener has a bug");
            });
            tx.afterCommit(() -> second.set(true));
            return insert("once-" + runs.get()).apply(tx);
        });
        assertThat(answer).isTrue();
        assertThat(runs).hasValue(1);
        assertThat(second).as("the other actions run all the same").isTrue();
        assertThat(names()).containsExactly("once-1");
    }

    @Test
    void refusesMoreWorkThanMayWait() {
        var answers = new ArrayList<CompletableFuture<Boolean>>();
        whileTheWriterIsBusy(() -> {
            for (int i = 0; i < QUEUE; i++) {
                answers.add(store().submit(tx -> true));
            }
            assertThat(store().waiting()).isEqualTo(QUEUE);
            assertThatThrownBy(() -> store().submit(insert("one too many")))
                    .isInstanceOf(GroupCommit.OverloadedException.class);
        });
        answers.forEach(CompletableFuture::join);
        assertThat(names()).isEmpty();
    }

    @Test
    void storesEverythingHandedInBeforeItCloses() {
        var answers = new ArrayList<CompletableFuture<Boolean>>();
        for (int i = 0; i < 2_500; i++) {
            answers.add(store().submit(insert("n" + i)));
        }
        reopen();
        assertThat(answers).allMatch(a -> a.isDone() && !a.isCompletedExceptionally());
        assertThat(names()).hasSize(2_500);
    }

    @Test
    void takesNoWorkAfterItClosed() {
        store().close();
        assertThatThrownBy(() -> store().submit(insert("too late")))
                .isInstanceOf(GroupCommit.OverloadedException.class);
    }

    @Test
    void opensItsOwnDatabaseAgainWithoutMigratingTwice() {
        store().write(insert("before"));
        int migrations = migrations();
        assertThat(migrations).isPositive();
        reopen();
        reopen();
        assertThat(names()).containsExactly("before");
        assertThat(migrations()).isEqualTo(migrations);
    }

    private int migrations() {
        return store().read(sql -> sql.fetchCount(org.jooq.impl.DSL.table("flyway_schema_history")));
    }

    @Test
    void visitorNumbersStayUniqueAcrossReopeningAndRollback() {
        var numbers = new ArrayList<Long>();
        var codes = new ArrayList<String>();
        var visitors = visitors();
        create(visitors, 3, numbers, codes);
        assertThatThrownBy(() -> store().write(tx -> {
                    for (int i = 0; i < BLOCK + 10; i++) {
                        visitors.in(tx).create(WS, VisitorProfile.EMPTY);
                    }
                    throw new IllegalStateException("rolled back with a leased block");
                }))
                .hasMessage("rolled back with a leased block");
        create(visitors, BLOCK + 5, numbers, codes);
        reopen();
        create(visitors(), 3, numbers, codes);
        assertThat(numbers).hasSize(BLOCK + 11).doesNotHaveDuplicates();
        assertThat(codes).hasSize(BLOCK + 11).doesNotHaveDuplicates();
        assertThat(numbers)
                .allSatisfy(n ->
                        assertThat(visitors.number(WS, visitors.code(WS, n))).isEqualTo(n));
    }

    @Test
    void aVisitorRolledBackGivesItsNumberToNobodyTwice() {
        var visitors = visitors();
        var numbers = new ArrayList<Long>();
        create(visitors, 1, numbers, new ArrayList<>());
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> store().write(tx -> {
                        visitors.in(tx).create(WS, VisitorProfile.EMPTY);
                        throw new IllegalStateException("no");
                    }))
                    .hasMessage("no");
            create(visitors, 1, numbers, new ArrayList<>());
        }
        assertThat(numbers).doesNotHaveDuplicates();
        assertThat(store().<Integer>read(sql -> sql.fetchCount(kembali.store.schema.Tables.VISITOR)))
                .isEqualTo(6);
    }

    static Visitors visitors() {
        return new Visitors(new Secrets(new byte[Secrets.KEY_BYTES]), new Consents(new Ids(InstantSource.system())));
    }

    void create(Visitors visitors, int count, List<Long> numbers, List<String> codes) {
        create(store(), visitors, count, numbers, codes);
    }

    static void create(Store store, Visitors visitors, int count, List<Long> numbers, List<String> codes) {
        for (Visitor v : store.write(tx -> {
            var made = new ArrayList<Visitor>();
            for (int i = 0; i < count; i++) {
                made.add(visitors.in(tx).create(WS, VisitorProfile.EMPTY));
            }
            return made;
        })) {
            numbers.add(v.no());
            codes.add(v.code());
        }
    }

    static GroupCommit.Work<Boolean> insert(String name) {
        return tx -> tx.sql()
                        .insertInto(SETTING)
                        .set(SETTING.NAME, name)
                        .set(SETTING.CONTENT, "x")
                        .execute()
                == 1;
    }

    Set<String> names() {
        return store().read(sql -> sql.select(SETTING.NAME).from(SETTING).fetchSet(SETTING.NAME));
    }

    /** Holds the writer in a piece of work of its own while {@code handIn} fills the queue behind it. */
    void whileTheWriterIsBusy(Runnable handIn) {
        var busy = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var held = store().submit(tx -> {
            busy.countDown();
            await(go);
            return true;
        });
        await(busy);
        try {
            handIn.run();
        } finally {
            go.countDown();
        }
        held.join();
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("waited in vain");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
