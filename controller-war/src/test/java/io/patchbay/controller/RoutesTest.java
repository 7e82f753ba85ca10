package io.patchbay.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.patchbay.server.openapi.RouteTable;
import io.patchbay.testkit.ResourceMethod;
import org.junit.jupiter.api.Test;

class RoutesTest {
  @Test
  void theTableHasEveryResourceMethodAndNoOther() {
    RouteTable table = RouteTable.load();
    assertEquals(
        ResourceMethod.keys(ControllerApplication.class, table::full), table.resourceKeys());
  }
}
