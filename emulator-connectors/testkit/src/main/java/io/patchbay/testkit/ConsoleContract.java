package io.patchbay.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.patchbay.spi.ConsoleSource;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Supplier;

/** What a node's console must do. */
final class ConsoleContract {
  private static final JsonObject ON = type("telnet");
  private static final JsonObject OFF = type("none");

  private ConsoleContract() {}

  private static JsonObject type(String type) {
    return Json.createObjectBuilder().add("console_type", type).build();
  }

  static void shared(
      EmulatedNode node, boolean has, Supplier<Map.Entry<String, String>> conversation) {
    try (node) {
      assertEquals(has, node instanceof ConsoleSource);
      if (!has) {
        return;
      }
      node.update(ON);
      node.start();
      int port = node.describe().getInt("console");
      String line = conversation.get().getKey();
      String answer = conversation.get().getValue();
      try (TelnetClient one = new TelnetClient(port)) {
        try (TelnetClient two = new TelnetClient(port)) {
          one.ask(line, answer);
          two.ask(line, answer);
        }
        try (TelnetClient three = new TelnetClient(port)) {
          three.ask(line, answer);
        }
        assertInstanceOf(ConsoleSource.class, node).resetConsole();
        one.awaitHangUp();
      }
      try (TelnetClient again = new TelnetClient(port)) {
        again.ask(line, answer);
        node.close();
        again.awaitHangUp();
      }
      assertThrows(UncheckedIOException.class, () -> new TelnetClient(port).close());
    }
  }

  static void off(EmulatedNode node, boolean has) {
    try (node) {
      if (!has) {
        return;
      }
      node.update(ON);
      int port = node.describe().getInt("console");
      node.update(OFF);
      node.start();
      assertEquals("none", node.describe().getString("console_type"));
      assertThrows(UncheckedIOException.class, () -> new TelnetClient(port).close());
    }
  }
}
