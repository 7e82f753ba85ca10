package io.patchbay.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What tests say about nodes again and again. */
public final class Nodes {
  private Nodes() {}

  /** As API v2 names it. */
  public static String status(EmulatedNode node) {
    return node.describe().getString("status");
  }

  /** A console that is spoken with by telnet. */
  public static TelnetClient terminal(EmulatedNode node) {
    return new TelnetClient(node.describe().getInt("console"));
  }

  /** Whether a file of a node has this text. */
  public static boolean says(Path file, String text) {
    try {
      return Files.readString(file).equals(text);
    } catch (IOException none) {
      return false;
    }
  }

  /** Why a request is refused, which must be by a conflict. */
  public static String refusal(Runnable request) {
    LabException refused = assertThrows(LabException.class, request::run);
    assertEquals(ErrorCode.CONFLICT, refused.code(), refused.getMessage());
    return refused.getMessage();
  }

  public static JsonObject change(String name, String value) {
    return Json.createObjectBuilder().add(name, value).build();
  }

  public static JsonObject change(String name, int value) {
    return Json.createObjectBuilder().add(name, value).build();
  }

  public static JsonObject change(String name, boolean value) {
    return Json.createObjectBuilder().add(name, value).build();
  }
}
