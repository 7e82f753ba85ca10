package io.patchbay.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.patchbay.server.access.Need;
import io.patchbay.server.access.Rule;
import io.patchbay.server.access.RuleTable;
import io.patchbay.server.openapi.Route;
import io.patchbay.server.openapi.RouteTable;
import io.patchbay.testkit.Endpoints;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A route of the compute without a rule fails here. */
class AccessRulesTest {
  private static final RuleTable TABLE = RuleTable.load();

  @Test
  void everyRouteHasARuleAndEveryRuleARoute() {
    assertEquals(
        RouteTable.load().routes().stream().map(Route::key).collect(Collectors.toSet()),
        TABLE.rules().stream().map(Rule::key).collect(Collectors.toSet()));
  }

  @Test
  void everyWebSocketHasARule() {
    RouteTable routes = RouteTable.load();
    Set<String> without =
        Endpoints.paths(ComputeApplication.class).stream()
            .map(routes::full)
            .filter(path -> TABLE.find("GET", path.replaceAll("[{}]", "")).isEmpty())
            .collect(Collectors.toSet());
    assertEquals(Set.of(), without);
  }

  @Test
  void aComputeServesItsControllerAlone() {
    assertEquals(
        Set.of(Set.of(Need.CONTROLLER)),
        TABLE.rules().stream().map(Rule::needs).collect(Collectors.toSet()));
  }
}
