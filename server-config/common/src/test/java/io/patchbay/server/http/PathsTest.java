package io.patchbay.server.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/projects/",
        "//v2/projects",
        "/v2/projects/..%2f..",
        "/v2/../etc/passwd",
        "/v2/projects/%2E%2e/x",
        "/.."
      })
  void pathsThatNoRouteHas(String path) {
    assertTrue(Paths.unknown(path), path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v2/projects",
        "/v2/projects/a..b",
        "/v2/projects/x/files/notes..txt",
        "/v2/projects/x/files/..%2fx",
        "/v2/compute/qemu/images/../x",
        "/v2/symbols/%3A%2Fsymbols%2Frouter.svg/raw"
      })
  void pathsThatMayBeThere(String path) {
    assertFalse(Paths.unknown(path), path);
  }

  @Test
  void anEscapeNeedsTwoDigits() {
    assertTrue(Paths.malformed("/v2/%zz"));
    assertFalse(Paths.malformed("/v2/%2f"));
  }
}
