package io.patchbay.server.auth;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.server.config.AuthSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealmsTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "::1", "[::1]"})
  void onThisMachineAloneNobodyNeedsToBeAsked(String host) {
    Realms.requireLoopback("patchbay.http.host", host);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "no such host"})
  void whereOthersComeTheServerDoesNotStartWithoutPasswords(String host) {
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class, () -> Realms.requireLoopback("patchbay.https.host", host));
    assertTrue(refused.getMessage().contains("patchbay.auth"), refused.getMessage());
  }

  @Test
  void aPasswordThatNobodyIsAskedForIsRefused() {
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> Realms.requireUse(settings("none")));
    assertTrue(refused.getMessage().contains("patchbay.auth.password"), refused.getMessage());
    assertDoesNotThrow(() -> Realms.requireUse(settings("user")));
  }

  private static AuthSettings settings(String store) {
    return new AuthSettings(
        List.of(store),
        Optional.of("admin"),
        Optional.of("sesame"),
        Optional.empty(),
        Path.of("users"),
        Duration.ZERO,
        0,
        0);
  }
}
