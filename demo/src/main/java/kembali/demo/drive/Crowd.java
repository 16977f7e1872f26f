package kembali.demo.drive;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Many people at once. */
final class Crowd {
    private static final int AT_ONCE = 12;

    private Crowd() {}

    /** Does it for each, some at a time; ends with the first failure, when there was one. */
    static <T> void each(List<T> items, Consumer<T> one) throws InterruptedException {
        try (var pool = Executors.newFixedThreadPool(AT_ONCE)) {
            var under = new ArrayList<Future<?>>(items.size());
            for (T item : items) {
                under.add(pool.submit(() -> one.accept(item)));
            }
            try {
                for (Future<?> each : under) {
                    each.get();
                }
            } catch (ExecutionException e) {
                pool.shutdownNow();
                throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause());
            }
        }
    }
}
