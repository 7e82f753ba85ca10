package io.patchbay.controller.project;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopologyFileTest {
  private static final String ID = "11111111-2222-4333-8444-555555555555";

  @TempDir private Path directory;

  private static JsonObject project(String name) {
    return ProjectForm.create(Json.createObjectBuilder().add("name", name).build(), ID);
  }

  private Path file() {
    return directory.resolve("lab.gns3");
  }

  private JsonObject readText(String text) throws IOException {
    Files.writeString(file(), text);
    return TopologyFile.read(file());
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    TopologyFile.write(file(), project("lab"));
    assertEquals(project("lab"), TopologyFile.read(file()));
  }

  @Test
  void directoriesAreMade() throws IOException {
    Path deep = directory.resolve("a/b/lab.gns3");
    TopologyFile.write(deep, project("lab"));
    assertTrue(Files.exists(deep));
  }

  @Test
  void fileIsIndented() throws IOException {
    TopologyFile.write(file(), project("lab"));
    assertTrue(Files.readAllLines(file()).size() > 15);
  }

  @Test
  void unknownFieldsSurvive() throws IOException {
    JsonObject drawing =
        Json.createObjectBuilder().add("drawing_id", ID).add("future", true).build();
    JsonObject odd =
        Json.createObjectBuilder(project("lab"))
            .add("future", "kept")
            .add(
                "topology",
                Json.createObjectBuilder(project("lab").getJsonObject("topology"))
                    .add("zones", Json.createArrayBuilder().add("dmz")))
            .build();
    TopologyFile.write(file(), odd);
    JsonObject saved =
        TopologyFile.with(TopologyFile.read(file()), List.of(), List.of(), List.of(drawing));
    TopologyFile.write(file(), saved);
    JsonObject again = TopologyFile.read(file());
    assertEquals("kept", again.getString("future"));
    JsonObject topology = again.getJsonObject("topology");
    assertEquals("dmz", topology.getJsonArray("zones").getString(0));
    assertEquals(drawing, topology.getJsonArray("drawings").getJsonObject(0));
  }

  @Test
  void missingSettingsAreFilledIn() throws IOException {
    JsonObject read =
        readText(
            """
            {"name": "lab", "project_id": "x", "revision": 9, "topology": {}, "zoom": 40}
            """);
    assertEquals(40, read.getInt("zoom"));
    assertTrue(read.getBoolean("auto_close"));
    assertEquals(2000, read.getInt("scene_width"));
    assertEquals(JsonValue.NULL, read.get("supplier"));
  }

  @Test
  void whatIsNoProjectIsRefused() {
    String fields = "\"name\": \"lab\", \"project_id\": \"x\"";
    for (String text :
        new String[] {
          "",
          "{",
          "[]",
          "no json",
          "{}",
          "{" + fields + ", \"revision\": 9}",
          "{" + fields + ", \"revision\": 9, \"topology\": []}",
          "{\"project_id\": \"x\", \"revision\": 9, \"topology\": {}}",
        }) {
      assertThrows(IOException.class, () -> readText(text), text);
    }
  }

  @Test
  void failedWriteKeepsTheGoodFileAndLeavesNoOther() throws IOException {
    TopologyFile.write(file(), project("good"));
    byte[] good = Files.readAllBytes(file());
    // A directory in the place of the target refuses the rename even to root, unlike permissions.
    Path blocked = directory.resolve("blocked.gns3");
    Files.createDirectories(blocked.resolve("full"));
    assertThrows(IOException.class, () -> TopologyFile.write(blocked, project("new")));
    assertArrayEquals(good, Files.readAllBytes(file()));
    try (Stream<Path> left = Files.list(directory)) {
      assertEquals(
          List.of("blocked.gns3", "lab.gns3"),
          left.map(path -> path.getFileName().toString()).sorted().toList());
    }
    assertTrue(Files.isDirectory(blocked.resolve("full")));
  }

  @Test
  void contentThatCannotBeWrittenKeepsTheGoodFile() throws IOException {
    TopologyFile.write(file(), project("good"));
    byte[] good = Files.readAllBytes(file());
    assertThrows(RuntimeException.class, () -> TopologyFile.write(file(), null));
    assertArrayEquals(good, Files.readAllBytes(file()));
  }
}
