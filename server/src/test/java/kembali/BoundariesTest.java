package kembali;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The arrows between packages, as the code must keep them. */
class BoundariesTest {
    private static final JavaClasses SERVER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("kembali");

    /** From the ground up: a package may use those before it, never those after it. */
    private static final List<String> ORDER = List.of(
            "support",
            "identity",
            "store",
            "figures",
            "visitor",
            "campaign",
            "platform",
            "account",
            "pixel",
            "lead",
            "delivery",
            "conversion",
            "postback",
            "ledger",
            "intake",
            "capture",
            "diagnosis",
            "inbound",
            "transfer",
            "http",
            "api");

    @Test
    void classesWereFound() {
        assertThat(SERVER.size()).isGreaterThan(200);
    }

    @Test
    void platformsDoNotKnowEachOther() {
        slices().matching("kembali.platform.(*)..")
                .should()
                .notDependOnEachOther()
                .check(SERVER);
    }

    @Test
    void onlyTheListOfPlatformsNamesOne() {
        for (String platform : List.of("meta", "ga4", "googleads", "tiktok", "linkedin", "s2s")) {
            String folder = "kembali.platform." + platform + "..";
            assertThat(SERVER.stream().anyMatch(c -> c.getPackageName().equals("kembali.platform." + platform)))
                    .as(folder)
                    .isTrue();
            noClasses()
                    .that()
                    .resideOutsideOfPackage(folder)
                    .and()
                    .doNotHaveFullyQualifiedName("kembali.platform.Platforms")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(folder)
                    .check(SERVER);
        }
    }

    @Test
    void kindsOfSourcesDoNoInputOrOutputAndAreNamedByTheirListAlone() {
        for (String folder : List.of("kembali.inbound.form..", "kembali.inbound.whatsapp..")) {
            noClasses()
                    .that()
                    .resideOutsideOfPackage(folder)
                    .and()
                    .doNotHaveFullyQualifiedName("kembali.inbound.Kinds")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(folder)
                    .check(SERVER);
            noClasses()
                    .that()
                    .resideInAPackage(folder)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.sql..", "java.nio.file..", "io.vertx..", "jakarta..", "org.jooq..")
                    .check(SERVER);
        }
    }

    @Test
    void featuresPointOneWay() {
        for (int i = 0; i < ORDER.size(); i++) {
            for (String above : ORDER.subList(i + 1, ORDER.size())) {
                noClasses()
                        .that()
                        .resideInAPackage("kembali." + ORDER.get(i) + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("kembali." + above + "..")
                        .check(SERVER);
            }
        }
    }

    @Test
    void everyPackageHasItsPlaceInTheOrder() {
        List<String> found = SERVER.getPackage("kembali").getSubpackages().stream()
                .map(JavaPackage::getRelativeName)
                .sorted()
                .toList();
        assertThat(ORDER).containsAll(found);
    }

    @Test
    void platformsAndIdentityDoNoInputOrOutput() {
        noClasses()
                .that()
                .resideInAnyPackage("kembali.platform..", "kembali.identity..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net.http..",
                        "java.sql..",
                        "java.nio.file..",
                        "java.io..",
                        "io.vertx..",
                        "jakarta..",
                        "org.jooq..")
                .check(SERVER);
    }

    @Test
    void campaignsAndPostbacksDoNoInputOrOutputAndAreGivenTheTime() {
        String[] pure = {"kembali.campaign..", "kembali.postback.."};
        noClasses()
                .that()
                .resideInAnyPackage(pure)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net.http..",
                        "java.sql..",
                        "java.nio.file..",
                        "io.vertx..",
                        "jakarta..",
                        "org.jooq..",
                        "kembali.store..",
                        "kembali.intake..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.time.InstantSource.class)
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(SERVER);
    }

    @Test
    void onlyTheCourierOpensConnections() {
        noClasses()
                .that()
                .resideOutsideOfPackage("kembali.delivery.courier..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.http\\..*|java\\.net\\.Socket|java\\.net\\.HttpURLConnection"
                        + "|io\\.vertx\\.core\\.http\\.HttpClient.*|io\\.vertx\\.core\\.net\\.NetClient.*")
                .check(SERVER);
    }

    @Test
    void onlyTheStoreKnowsTheDrivers() {
        noClasses()
                .that()
                .resideOutsideOfPackage("kembali.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.sqlite..", "org.postgresql..", "com.zaxxer..")
                .check(SERVER);
    }

    @Test
    void noPackageIsADrawer() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..dto..", "..impl..", "..service..", "..common..")
                .check(SERVER);
    }

    @Test
    void everyPackageIsNullMarked() {
        var unmarked = new ArrayList<String>();
        for (JavaClass c : SERVER) {
            JavaPackage p = c.getPackage();
            if (!p.getName().startsWith("kembali.store.schema") && !p.isAnnotatedWith(NullMarked.class)) {
                unmarked.add(p.getName());
            }
        }
        assertThat(unmarked).isEmpty();
    }

    @Test
    void resourcesLiveInTheApi() {
        classes()
                .that()
                .areAnnotatedWith(jakarta.ws.rs.Path.class)
                .should()
                .resideInAPackage("kembali.api")
                .check(SERVER);
    }
}
