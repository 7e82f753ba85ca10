package io.patchbay.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigTest {
  @Test
  void knownKeysPass() {
    assertTrue(KnownKeys.all().contains("patchbay.http.port"));
    assertEquals(Set.of(), KnownKeys.unknown(KnownKeys.all(), Set.of("PATCHBAY_HTTP_PORT")));
  }

  @Test
  void unknownOnesAreNamedInEitherSpelling() {
    assertEquals(
        Set.of("patchbay.http.prot", "PATCHBAY_HTTP_PROT"),
        KnownKeys.unknown(
            List.of("patchbay.http.prot", "payara.x", "java.home"),
            Set.of("PATCHBAY_HTTP_PROT", "PATH")));
  }

  @Test
  void environmentHasItsOwnSpelling() {
    assertEquals(
        "PATCHBAY_COMPUTE_CONSOLE_PORTS",
        KnownKeys.environmentName("patchbay.compute.console-ports"));
  }

  @Test
  void rangesOfPortsAreRead() {
    assertEquals(new PortRange(5000, 10000), PortRange.valueOf(" 5000 - 10000 "));
    assertEquals(new PortRange(5000, 5000), PortRange.valueOf("5000-5000"));
    for (String wrong : List.of("", "5000", "5000-", "a-b", "0-5", "5-4", "1-65536", "1-2-3")) {
      assertThrows(IllegalArgumentException.class, () -> PortRange.valueOf(wrong), wrong);
    }
  }
}
