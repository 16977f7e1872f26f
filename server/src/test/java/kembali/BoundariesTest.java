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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Who may know whom. Plain test methods: an engine that finds no rules would stay green. */
class BoundariesTest {
    private static final JavaClasses SERVER =
            new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("kembali");

    /** What each feature may depend on. A new package takes its place here first. */
    private static final Map<String, Set<String>> MAY_KNOW = mayKnow();

    private static Map<String, Set<String>> mayKnow() {
        var m = new LinkedHashMap<String, Set<String>>();
        m.put("support", Set.of());
        m.put("identity", Set.of("support"));
        m.put("platform", Set.of("identity", "support"));
        m.put("store", Set.of("support"));
        m.put("account", Set.of("store", "support"));
        m.put("visitor", Set.of("identity", "store", "support"));
        m.put("lead", Set.of("visitor", "identity", "store", "support"));
        m.put("pixel", Set.of("platform", "store", "support"));
        m.put("delivery", Set.of("pixel", "platform", "store", "support"));
        m.put(
                "conversion",
                Set.of(
                        "delivery", "pixel", "platform", "lead", "visitor", "account", "identity", "store", "support"));
        m.put(
                "intake",
                Set.of(
                        "conversion", "delivery", "pixel", "platform", "lead", "visitor", "account", "identity", "store",
                        "support"));
        m.put(
                "capture",
                Set.of(
                        "intake", "conversion", "lead", "visitor", "account", "identity", "store", "support"));
        m.put("http", Set.of("account", "identity", "store", "support"));
        m.put(
                "api",
                Set.of(
                        "http", "capture", "intake", "conversion", "delivery", "pixel", "platform", "lead", "visitor",
                        "account", "identity", "store", "support"));
        return m;
    }

    @Test
    void featuresKnowOnlyWhatStandsBelowThem() {
        MAY_KNOW.forEach((feature, below) -> {
            var allowed = new ArrayList<String>();
            allowed.add("kembali." + feature + "..");
            below.forEach(b -> allowed.add("kembali." + b + ".."));
            noClasses()
                    .that()
                    .resideInAPackage("kembali." + feature + "..")
                    .should()
                    .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("kembali..")
                            .and(JavaClass.Predicates.resideOutsideOfPackages(allowed.toArray(String[]::new))))
                    .because(feature + " may know only " + below)
                    .check(SERVER);
        });
    }

    @Test
    void everyFeatureHasAPlace() {
        assertThat(features()).containsExactlyInAnyOrderElementsOf(MAY_KNOW.keySet());
    }

    @Test
    void onlyTheWiringKnowsTheApi() {
        noClasses()
                .that()
                .resideOutsideOfPackages("kembali.api..", "kembali")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("kembali.api..")
                .check(SERVER);
    }

    @Test
    void featuresFormNoCycle() {
        slices().matching("kembali.(*)..").should().beFreeOfCycles().check(SERVER);
    }

    @Test
    void platformsDoNotKnowEachOther() {
        slices().matching("kembali.platform.(*)..").should().notDependOnEachOther().check(SERVER);
    }

    @Test
    void onlyTheListOfPlatformsNamesAPlatform() {
        noClasses()
                .that()
                .resideOutsideOfPackage("kembali.platform.*..")
                .and()
                .doNotHaveFullyQualifiedName("kembali.platform.Platforms")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("kembali.platform.*..")
                .check(SERVER);
    }

    @Test
    void platformsIdentityAndSupportDoNoInputOrOutput() {
        noClasses()
                .that()
                .resideInAnyPackage("kembali.platform..", "kembali.identity..", "kembali.support..")
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(
                                "java.net.http..", "java.sql..", "javax.sql..", "java.nio.channels..", "io.vertx..",
                                "io.netty..", "jakarta..", "org.jooq..", "io.quarkus..")
                        .or(JavaClass.Predicates.belongToAnyOf(
                                java.net.Socket.class,
                                java.net.ServerSocket.class,
                                java.net.DatagramSocket.class,
                                java.net.URLConnection.class,
                                java.net.URL.class)))
                .check(SERVER);
    }

    @Test
    void platformsAndIdentityReadNoFilesAndNoClock() {
        noClasses()
                .that()
                .resideInAnyPackage("kembali.platform..", "kembali.identity..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..")
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
                .dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(
                                "java.net.http..", "io.vertx.ext.web.client..", "okhttp3..", "org.apache.http..")
                        .or(JavaClass.Predicates.simpleNameStartingWith("HttpClient"))
                        .or(JavaClass.Predicates.simpleNameStartingWith("NetClient"))
                        .or(JavaClass.Predicates.simpleNameStartingWith("WebSocketClient"))
                        .or(JavaClass.Predicates.belongToAnyOf(
                                java.net.Socket.class, java.net.URLConnection.class, java.net.URL.class)))
                .check(SERVER);
    }

    @Test
    void onlyDeliveryUsesTheCourier() {
        classes()
                .that()
                .haveFullyQualifiedName("kembali.delivery.courier.Courier")
                .should()
                .onlyHaveDependentClassesThat()
                .resideInAnyPackage("kembali.delivery..", "kembali")
                .check(SERVER);
    }

    @Test
    void noPackageHasANameThatSaysNothing() {
        assertThat(packages())
                .allSatisfy(p -> assertThat(List.of(p.getName().split("\\.", -1)))
                        .doesNotContain("util", "utils", "dto", "impl", "service", "common", "helper", "misc"));
    }

    @Test
    void everyPackageSaysWhatMayBeNull() {
        assertThat(packages())
                .filteredOn(p -> !isGenerated(p))
                .isNotEmpty()
                .allSatisfy(p -> assertThat(p.isAnnotatedWith(NullMarked.class))
                        .as(p.getName() + " is @NullMarked")
                        .isTrue());
    }

    private static boolean isGenerated(JavaPackage p) {
        return p.getName().startsWith("kembali.store.schema");
    }

    /** Every package that holds a class. */
    private static List<JavaPackage> packages() {
        return SERVER.stream().map(JavaClass::getPackage).distinct().toList();
    }

    private static Set<String> features() {
        var names = new TreeSet<String>();
        for (JavaPackage p : packages()) {
            String[] parts = p.getName().split("\\.", -1);
            if (parts.length > 1) {
                names.add(parts[1]);
            }
        }
        return names;
    }
}
