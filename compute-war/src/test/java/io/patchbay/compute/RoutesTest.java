package io.patchbay.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.patchbay.server.openapi.Route;
import io.patchbay.server.openapi.RouteTable;
import io.patchbay.testkit.ResourceMethod;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RoutesTest {
  @Test
  void theTableHasEveryResourceMethodAndNoOther() {
    RouteTable table = RouteTable.load();
    Set<String> served =
        ResourceMethod.of(ComputeApplication.class).stream()
            .map(method -> method.method() + " " + table.full(method.path()))
            .collect(Collectors.toSet());
    Set<String> described =
        table.routes().stream()
            .filter(Route::isResource)
            .map(Route::key)
            .collect(Collectors.toSet());
    assertEquals(new TreeSet<>(served), new TreeSet<>(described));
  }
}
