package kembali.inbound.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every provider's shapes as captured or documented, and what each is read as. */
class CapturedPayloadsTest {
    @TestFactory
    Stream<DynamicTest> readsEveryCapturedRequest() {
        return Captured.all().stream()
                .map(captured -> DynamicTest.dynamicTest(
                        captured.kind().key() + "/" + captured.name(),
                        () -> assertThat(captured.reading())
                                .isEqualTo(captured.file().path("reading"))));
    }
}
