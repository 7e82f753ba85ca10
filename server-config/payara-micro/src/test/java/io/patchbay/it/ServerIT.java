package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What the server as a whole is, seen from outside. */
class ServerIT {
  private final Api api = Servers.shared().api();

  @Test
  void tellsTheApiLevelThatClientsCompare() throws Exception {
    Api.Answer version = api.call("GET", "/v2/version", "");
    assertEquals("2.2.60", version.object().getString("version"));
    assertFalse(version.object().getBoolean("local"));
  }

  @Test
  void isReadyOnceTheLocalComputeIsConnected() throws Exception {
    Api.Answer local = api.call("GET", "/v2/computes/local", "");
    assertTrue(local.object().getBoolean("connected"), local.response().body());
  }

  @Test
  void takesBodiesWithEveryMethod() throws Exception {
    assertEquals(200, api.call("GET", "/v2/version", "{}").status());
    assertEquals(204, api.call("DELETE", "/v2/computes/nobody", "{}").status());
    assertEquals(405, api.call("DELETE", "/v2/computes", "{}").status());
    Api.Answer broken = api.call("DELETE", "/v2/computes/nobody", "{");
    assertEquals(400, broken.status());
    assertFalse(broken.object().getString("message").isBlank());
  }
}
