package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What the server as a whole is, seen from outside. */
class ServerIT {
  private final Api api = Server.shared().api();

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
}
