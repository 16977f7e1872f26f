package kembali.demo.drive;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import kembali.demo.platform.PixelPlan;
import kembali.demo.platform.Platform;
import kembali.demo.platform.Platforms;

/** Watches the queues of the pixels. */
final class Queues {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Api api;
    private final Shop shop;

    Queues(Api api, Shop shop) {
        this.api = api;
        this.shop = shop;
    }

    /**
     * Waits until the working pixels have nothing left and the others say why they stopped.
     *
     * @return false when that did not come in time
     */
    boolean settle(Progress progress) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int most = 0;
        while (System.nanoTime() < deadline) {
            int queued = 0;
            boolean told = true;
            for (JsonNode pixel : api.all("/pixels")) {
                PixelPlan plan = shop.plan(pixel.path("id").asText());
                if (plan.works()) {
                    queued += pixel.path("queued").asInt();
                } else {
                    told &= pixel.path("health").path("state").asText().equals("parked");
                }
            }
            if (queued == 0 && told) {
                return true;
            }
            most = Math.max(most, queued);
            progress.at(most - queued, most, "deliveries");
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return false;
    }

    /**
     * Waits until everything that other systems sent in is read and applied.
     *
     * @return false when that did not come in time
     */
    boolean settleRequests(Progress progress) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int most = 0;
        while (System.nanoTime() < deadline) {
            int open = 0;
            for (JsonNode source : api.all("/sources")) {
                open += source.path("lastDay").path("pending").asInt();
            }
            if (open == 0) {
                return true;
            }
            most = Math.max(most, open);
            progress.at(most - open, most, "requests read");
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return false;
    }

    /**
     * Waits until no row carries a provisional verdict any more.
     *
     * @return false when that did not come in time
     */
    boolean settleVerdicts(Progress progress) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int most = 0;
        while (System.nanoTime() < deadline) {
            int open = 0;
            for (Platform platform : Platforms.all()) {
                String provisional = platform.provisional();
                if (provisional != null) {
                    open += api.all("/sync-logs?platform=" + platform.key() + "&reason=" + provisional)
                            .size();
                }
            }
            if (open == 0) {
                return true;
            }
            most = Math.max(most, open);
            progress.at(most - open, most, "verdicts");
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return false;
    }
}
