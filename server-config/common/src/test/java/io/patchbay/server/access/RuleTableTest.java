package io.patchbay.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTableTest {
  private final RuleTable table =
      new RuleTable(
          """
          # needs, method, path
          open          GET  /health
          signed-in     GET  /
          administrator POST /v2/projects/load
          view          GET  /v2/projects/{project_id}
          join          POST /v2/projects/{project_id}/open
          view          GET  /v2/projects/{project_id}/files/{path:.+}
          user+view     POST /v2/projects/{project_id}/duplicate
          signed-in     GET  /v2/symbols/{symbol_id:.+}/raw
          signed-in     GET  /v2/computes/{compute_id}/{emulator:qemu|iou}/{action:.+}
          administrator GET  /v2/computes/{compute_id}/{emulator}/{action:.+}
          instructor    POST /v2/computes/{compute_id}/{emulator}/{action:.+}
          """);

  private String key(String method, String path) {
    return table.find(method, path).map(match -> match.rule().key()).orElse("");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /health, /health",
    "GET, /, /",
    "POST, /v2/projects/load, /v2/projects/load",
    "GET, /v2/projects/load, /v2/projects/{project_id}",
    "GET, /v2/projects/7/files/a/b.txt, /v2/projects/{project_id}/files/{path}",
    "GET, /v2/symbols/:/symbols/a.svg/raw, /v2/symbols/{symbol_id}/raw",
    "GET, /v2/symbols/raw/raw/raw, /v2/symbols/{symbol_id}/raw",
  })
  void findsTheRuleOfAPath(String method, String path, String rule) {
    assertEquals(method + " " + rule, key(method, path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v2",
        "//",
        "/health/",
        "/health/..",
        "/health;a",
        "/Health",
        "/%68ealth",
        "/v2/projects",
        "/v2/projects/",
        "/v2/projects//files/a",
        "/v2/projects/7/files/",
        "/v2/projects/7/files",
        "/v2/symbols/raw",
        "/v2/symbols//raw"
      })
  void anyOtherSpellingHasNone(String path) {
    assertEquals("", key("GET", path));
    assertFalse(path.startsWith("/v2/projects/7") && table.knows(path));
  }

  @Test
  void theMethodCountsAndThePathIsKnown() {
    assertEquals("", key("DELETE", "/v2/projects/7"));
    assertTrue(table.knows("/v2/projects/7"));
    assertFalse(table.knows("/v2/nodes"));
  }

  @Test
  void theProjectIsTheOneOfThePathAsItCame() {
    assertEquals("7%2f", table.find("GET", "/v2/projects/7%2f").orElseThrow().projectId());
    assertEquals("", table.find("GET", "/health").orElseThrow().projectId());
  }

  @Test
  void ofRulesForOneRouteTheFirstCountsWhosePatternMatches() {
    assertTrue(needs("GET", "/v2/computes/1/qemu/binaries").contains(Need.SIGNED_IN));
    assertTrue(needs("GET", "/v2/computes/1/projects/x/files/y").contains(Need.ADMINISTRATOR));
    assertTrue(needs("GET", "/v2/computes/1/qemu;x/binaries").contains(Need.ADMINISTRATOR));
    assertTrue(needs("POST", "/v2/computes/1/qemu/img").contains(Need.INSTRUCTOR));
    assertEquals(2, needs("POST", "/v2/projects/7/duplicate").size());
  }

  private java.util.Set<Need> needs(String method, String path) {
    return table.find(method, path).orElseThrow().rule().needs();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /a",
        "owner GET /a",
        "own GET a",
        "own GET /a b",
        "own GET /a\nview GET /a",
        "own GET /{x}\nview GET /{x}"
      })
  void aTableThatIsWrongIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> new RuleTable(text));
  }
}
