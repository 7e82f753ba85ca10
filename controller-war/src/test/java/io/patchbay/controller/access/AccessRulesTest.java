package io.patchbay.controller.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.controller.ControllerApplication;
import io.patchbay.server.access.Decision;
import io.patchbay.server.access.Match;
import io.patchbay.server.access.Need;
import io.patchbay.server.access.ProjectRights;
import io.patchbay.server.access.Refusal;
import io.patchbay.server.access.Right;
import io.patchbay.server.access.Rule;
import io.patchbay.server.access.RuleTable;
import io.patchbay.server.auth.Caller;
import io.patchbay.server.auth.Role;
import io.patchbay.server.openapi.Route;
import io.patchbay.server.openapi.RouteTable;
import io.patchbay.testkit.Endpoints;
import io.patchbay.testkit.ResourceMethod;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every route of the controller, with every role and every right: a route without a rule fails
 * here, and so does a rule that lets through what none of its kind may.
 */
class AccessRulesTest {
  private static final RuleTable TABLE = RuleTable.load();
  private static final String PROJECT = "project";

  /** What changes nothing though it is no GET. */
  private static final Set<String> HARMLESS = Set.of("POST /v2/version");

  /** What makes another project. */
  private static final Set<String> ELSEWHERE =
      Set.of("POST /v2/projects/{project_id}/import", "POST /v2/projects/{project_id}/duplicate");

  static List<Rule> rules() {
    return TABLE.rules();
  }

  private static Optional<Refusal> refusal(
      Rule rule, Role role, Optional<Right> right, boolean open) {
    ProjectRights rights =
        new ProjectRights() {
          @Override
          public Optional<Right> of(Caller caller, String projectId) {
            assertEquals(PROJECT, projectId);
            return right;
          }

          @Override
          public boolean isOpen(String projectId) {
            return open;
          }
        };
    return new Decision(rights)
        .refusal(new Caller("somebody", Set.of(), role), new Match(rule, PROJECT));
  }

  private static boolean may(Rule rule, Role role, Optional<Right> right) {
    return refusal(rule, role, right, true).isEmpty();
  }

  private static boolean isOfProject(Rule rule) {
    return rule.path().contains("{project_id}");
  }

  @Test
  void everyRouteHasARuleAndEveryRuleARoute() {
    RouteTable routes = RouteTable.load();
    Set<String> api =
        TABLE.rules().stream()
            .map(Rule::key)
            .filter(key -> key.contains(" /v2/"))
            .collect(Collectors.toSet());
    assertEquals(routes.routes().stream().map(Route::key).collect(Collectors.toSet()), api);
    Set<String> resources =
        new TreeSet<>(ResourceMethod.keys(ControllerApplication.class, routes::full));
    resources.removeAll(api);
    assertEquals(Set.of(), resources);
  }

  @Test
  void everyServletAndWebSocketHasARule() {
    Set<String> without =
        Endpoints.paths(ControllerApplication.class).stream()
            .map(path -> path.isEmpty() ? "/" : path)
            .filter(path -> TABLE.find("GET", path.replaceAll("[{}]", "")).isEmpty())
            .collect(Collectors.toSet());
    assertEquals(Set.of(), without);
  }

  @Test
  void withoutAPasswordThereIsHealthAndNothingElse() {
    assertEquals(
        Set.of("GET /health", "GET /health/live", "GET /health/ready", "GET /health/started"),
        keys(rule -> rule.needs().contains(Need.OPEN)));
  }

  private static Set<String> keys(Predicate<Rule> which) {
    return TABLE.rules().stream().filter(which).map(Rule::key).collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void whoHasNoRoleMayNothing(Rule rule) {
    if (!rule.needs().contains(Need.OPEN)) {
      assertEquals(
          403, refusal(rule, Role.NONE, Optional.of(Right.OWN), true).orElseThrow().status());
      assertFalse(may(rule, Role.CONTROLLER, Optional.empty()));
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void anAdministratorMayEverything(Rule rule) {
    boolean compute = rule.needs().contains(Need.CONTROLLER);
    assertTrue(may(rule, Role.ADMINISTRATOR, Optional.of(Right.OWN)));
    assertFalse(compute, "the controller has no routes for another controller");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aStrongerRoleAndAStrongerRightMayNoLess(Rule rule) {
    List<Role> roles = List.of(Role.USER, Role.INSTRUCTOR, Role.ADMINISTRATOR);
    for (int role = 0; role < roles.size(); role++) {
      for (Right right : Right.values()) {
        boolean now = may(rule, roles.get(role), Optional.of(right));
        for (int stronger = role; now && stronger < roles.size(); stronger++) {
          assertTrue(may(rule, roles.get(stronger), Optional.of(Right.OWN)));
          assertTrue(may(rule, roles.get(stronger), Optional.of(right)));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aProjectThatOneMayNotSeeIsNotThere(Rule rule) {
    boolean makesOne = rule.path().endsWith("/import");
    if (isOfProject(rule) && !makesOne) {
      for (Role role : List.of(Role.USER, Role.INSTRUCTOR)) {
        Refusal hidden = refusal(rule, role, Optional.empty(), true).orElseThrow();
        assertEquals(404, hidden.status());
        assertEquals("Project ID project doesn't exist", hidden.message());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void anAuditorChangesNothingAndTypesNothing(Rule rule) {
    boolean allowed = may(rule, Role.AUDITOR, Optional.of(Right.VIEW));
    if (rule.method().equals("GET")) {
      boolean uses = rule.path().contains("/console/ws") || rule.path().contains("/dynamips/");
      boolean secret =
          rule.path().endsWith("/iou_license") || rule.needs().contains(Need.ADMINISTRATOR);
      assertEquals(!uses && !secret, allowed);
    } else if (!HARMLESS.contains(rule.key())) {
      // Joining a project that is open opens nothing.
      assertEquals(rule.needs().contains(Need.JOIN), allowed);
      assertTrue(refusal(rule, Role.AUDITOR, Optional.of(Right.VIEW), false).isPresent());
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void whoMayViewAProjectChangesNothingOfIt(Rule rule) {
    if (isOfProject(rule) && !rule.method().equals("GET")) {
      boolean elsewhere = ELSEWHERE.contains(rule.key());
      assertEquals(elsewhere, refusal(rule, Role.USER, Optional.of(Right.VIEW), false).isEmpty());
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void whoMayOperateAProjectLeavesItsFileAlone(Rule rule) {
    Set<String> changing = Set.of("PUT", "DELETE");
    if (isOfProject(rule) && changing.contains(rule.method())) {
      assertEquals(
          403, refusal(rule, Role.USER, Optional.of(Right.OPERATE), true).orElseThrow().status());
    }
  }

  @Test
  void onlyTheOwnerDeletesAndSharesAProject() {
    assertEquals(
        Set.of("DELETE /v2/projects/{project_id}", "PUT /v2/projects/{project_id}/access"),
        keys(rule -> isOfProject(rule) && !may(rule, Role.USER, Optional.of(Right.EDIT))));
  }

  @Test
  void whatIsPassedOnToComputesConcernsEmulatorsOnly() {
    for (String path : List.of("projects/x/files/y", "projects/x", "notifications/ws", "debug/x")) {
      Match match = TABLE.find("GET", "/v2/computes/local/" + path).orElseThrow();
      assertEquals(Set.of(Need.ADMINISTRATOR), match.rule().needs(), path);
    }
    assertTrue(
        TABLE
            .find("GET", "/v2/computes/local/qemu/binaries")
            .orElseThrow()
            .rule()
            .needs()
            .contains(Need.SIGNED_IN));
  }
}
