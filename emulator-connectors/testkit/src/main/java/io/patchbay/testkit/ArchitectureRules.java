package io.patchbay.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** Who may know whom. Each WAR checks what it contains. */
public final class ArchitectureRules {
  private static final List<ArchRule> RULES =
      List.of(
          mayNotKnow(
              "io.patchbay.netstack..",
              "io.patchbay.spi..",
              "io.patchbay.runtime..",
              "io.patchbay.emulators..",
              "io.patchbay.server..",
              "jakarta.."),
          mayNotKnow(
              "io.patchbay.spi..",
              "io.patchbay.netstack..",
              "io.patchbay.runtime..",
              "io.patchbay.emulators..",
              "io.patchbay.server..",
              "jakarta.ws.rs..",
              "jakarta.servlet..",
              "jakarta.websocket..",
              "jakarta.inject.."),
          mayNotKnow(
              "io.patchbay.runtime..",
              "io.patchbay.emulators..",
              "io.patchbay.server..",
              "io.patchbay.compute..",
              "jakarta.ws.rs..",
              "jakarta.servlet.."),
          mayNotKnow(
              "io.patchbay.emulators..",
              "io.patchbay.server..",
              "io.patchbay.compute..",
              "jakarta.ws.rs..",
              "jakarta.servlet.."),
          mayNotKnow(
              "io.patchbay.controller..",
              "io.patchbay.compute..",
              "io.patchbay.emulators..",
              "io.patchbay.runtime..",
              "io.patchbay.netstack.."),
          mayNotKnow("io.patchbay.compute..", "io.patchbay.controller.."),
          noClasses()
              .that()
              .resideInAPackage("io.patchbay..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage("fish.payara..", "org.glassfish..", "org.jboss..")
              .because("what is of one server is in server-config/payara-micro"),
          classes()
              .that()
              .areAnnotatedWith("jakarta.ws.rs.Path")
              .or()
              .areAnnotatedWith("jakarta.ws.rs.ext.Provider")
              .or()
              .areAnnotatedWith("jakarta.websocket.server.ServerEndpoint")
              .should()
              .beAnnotatedWith("jakarta.enterprise.context.Dependent")
              .because("servers inject nothing into those that beans.xml leaves out")
              .allowEmptyShould(true),
          noClasses()
              .that()
              .doNotHaveFullyQualifiedName("io.patchbay.spi.Json")
              .should()
              .dependOnClassesThat()
              .haveFullyQualifiedName("jakarta.json.Json")
              .because("it searches the class path at every call; io.patchbay.spi.Json does not"));

  private ArchitectureRules() {}

  private static ArchRule mayNotKnow(String who, String... whom) {
    return noClasses()
        .that()
        .resideInAPackage(who)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(whom)
        .allowEmptyShould(true);
  }

  /**
   * Checks every class of ours on the class path, tests aside.
   *
   * @throws AssertionError that names the classes which know too much
   */
  public static void check() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("testkit"))
            .importPackages("io.patchbay");
    if (classes.isEmpty()) {
      throw new AssertionError("no classes were found to check");
    }
    RULES.forEach(rule -> rule.check(classes));
  }
}
