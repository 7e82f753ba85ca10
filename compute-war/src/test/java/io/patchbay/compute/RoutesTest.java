package io.patchbay.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.patchbay.server.openapi.RouteTable;
import io.patchbay.testkit.ResourceMethod;
import org.junit.jupiter.api.Test;

class RoutesTest {
  @Test
  void theTableHasEveryResourceMethodAndNoOther() {
    RouteTable table = RouteTable.load();
    assertEquals(ResourceMethod.keys(ComputeApplication.class, table::full), table.resourceKeys());
  }
}
