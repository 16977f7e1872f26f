package kembali.inbound.form;

import java.util.stream.Stream;
import kembali.platform.Endpoints;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class GoldenFormsTest {
    @TestFactory
    Stream<DynamicTest> readsForms() {
        return GoldenForms.of(new AnyForm());
    }

    @TestFactory
    Stream<DynamicTest> readsTypeform() {
        return GoldenForms.of(new Typeform());
    }

    @TestFactory
    Stream<DynamicTest> readsTally() {
        return GoldenForms.of(new Tally());
    }

    @TestFactory
    Stream<DynamicTest> readsGoogleLeadForms() {
        return GoldenForms.of(new GoogleLeads());
    }

    @TestFactory
    Stream<DynamicTest> readsMetaLeadAds() {
        return GoldenForms.of(new MetaLeads(Endpoints.USUAL));
    }
}
