package io.patchbay.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.ws.rs.core.MultivaluedHashMap;
import org.junit.jupiter.api.Test;

class RoutesTest {

  @Test
  void computesTellTheKindInWords() {
    var path = new MultivaluedHashMap<String, String>();
    path.add("node_type", "vpcs");
    path.add("emulator", "qemu");
    assertEquals(
        "/v2/compute/projects/{project_id}/vpcs/nodes/{node_id}",
        Routes.told(
            "/v2/compute/projects/{project_id}/{node_type:(?!files$)[a-z_]+}/nodes/{node_id}",
            path));
    assertEquals(
        "/v2/compute/qemu/images/{filename:.+}",
        Routes.told("/v2/compute/{emulator:qemu|iou}/images/{filename:.+}", path));
    assertEquals(
        "/v2/computes/{compute_id}/{emulator}/{action:.+}",
        Routes.told("/v2/computes/{compute_id}/{emulator}/{action:.+}", path));
  }
}
