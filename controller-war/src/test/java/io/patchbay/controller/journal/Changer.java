package io.patchbay.controller.journal;

import io.patchbay.spi.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A program that changes a project as a server does, says so of each change, and saves all the
 * while: to be killed. Arguments: the project's file, the first change and how many. Change N sets
 * the place of the drawing N modulo {@link #DRAWINGS}; each seventh removes it.
 */
final class Changer {
  static final int DRAWINGS = 20;

  private Changer() {}

  static byte[] format(JsonObject file) {
    return file.toString().getBytes(StandardCharsets.UTF_8);
  }

  static String id(int change) {
    return "drawing-%02d".formatted(change % DRAWINGS);
  }

  /** The drawings after a number of changes. */
  static Map<String, JsonObject> after(int changes) {
    Map<String, JsonObject> drawings = new ConcurrentSkipListMap<>();
    for (int change = 0; change < changes; change++) {
      make(drawings, change);
    }
    return drawings;
  }

  private static void make(Map<String, JsonObject> drawings, int change) {
    if (change % 7 == 6) {
      drawings.remove(id(change));
    } else {
      drawings.put(
          id(change),
          Json.createObjectBuilder()
              .add("drawing_id", id(change))
              .add("x", change)
              .add("svg", "ä".repeat(change % 500))
              .build());
    }
  }

  static JsonObject file(Map<String, JsonObject> drawings) {
    JsonArrayBuilder all = Json.createArrayBuilder();
    drawings.values().forEach(all::add);
    return Json.createObjectBuilder()
        .add("name", "lab")
        .add("project_id", "11111111-2222-4333-8444-555555555555")
        .add("revision", 9)
        .add("topology", Json.createObjectBuilder().add("drawings", all))
        .build();
  }

  public static void main(String[] arguments) throws Exception {
    ProjectStore store = new ProjectStore(Path.of(arguments[0]), Changer::format);
    int first = Integer.parseInt(arguments[1]);
    int end = first + Integer.parseInt(arguments[2]);
    Map<String, JsonObject> drawings = after(first);
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                while (true) {
                  store.save(() -> file(drawings));
                }
              } catch (Exception e) {
                e.printStackTrace();
              }
            });
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    for (int change = first; change < end; change++) {
      store.reserve(2000);
      make(drawings, change);
      String id = id(change);
      store.record(
          () -> List.of(new Change(Part.DRAWINGS, id, Optional.ofNullable(drawings.get(id)))));
      answers.println(change);
    }
    // The one that kills decides when it is over.
    System.in.read();
  }
}
