package io.patchbay.controller.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ProjectFormTest {
  private static final String ID = "11111111-2222-4333-8444-555555555555";
  private static final JsonObject NAMED = Json.createObjectBuilder().add("name", "lab").build();

  @Test
  void fileHasTheFieldsOfRevisionNine() {
    JsonObject file = ProjectForm.create(NAMED, ID);
    Set<String> expected = new TreeSet<>(ProjectForm.SETTINGS);
    expected.addAll(Set.of("project_id", "revision", "topology", "type", "version"));
    assertEquals(expected, new TreeSet<>(file.keySet()));
    assertEquals(9, file.getInt("revision"));
    assertEquals("topology", file.getString("type"));
    assertEquals(
        Set.of("computes", "drawings", "links", "nodes"), file.getJsonObject("topology").keySet());
  }

  @Test
  void projectGetsDefaults() {
    JsonObject file = ProjectForm.create(NAMED, ID);
    assertEquals(1000, file.getInt("scene_height"));
    assertEquals(100, file.getInt("zoom"));
    assertEquals(75, file.getInt("grid_size"));
    assertEquals(25, file.getInt("drawing_grid_size"));
    assertTrue(file.getBoolean("auto_close"));
    assertFalse(file.getBoolean("auto_open"));
  }

  @Test
  void givenSettingsBeatDefaults() {
    JsonObject body = Json.createObjectBuilder(NAMED).add("zoom", 140).build();
    assertEquals(140, ProjectForm.create(body, ID).getInt("zoom"));
  }

  @Test
  void pathIsNoPartOfTheFile() {
    JsonObject body = Json.createObjectBuilder(NAMED).add("path", "/somewhere").build();
    assertFalse(ProjectForm.create(body, ID).containsKey("path"));
  }

  @Test
  void changeKeepsTheRest() {
    JsonObject file =
        Json.createObjectBuilder(ProjectForm.create(NAMED, ID)).add("future", 1).build();
    JsonObject change =
        Json.createObjectBuilder().add("zoom", 50).add("revision", 1).add("path", "x").build();
    JsonObject changed = ProjectForm.change(file, change);
    assertEquals(Json.createObjectBuilder(file).add("zoom", 50).build(), changed);
  }

  @Test
  void fileNameStaysInsideTheDirectory() {
    assertEquals("lab.gns3", ProjectNames.fileName("lab"));
    assertEquals(".._.._etc_passwd.gns3", ProjectNames.fileName("../../etc/passwd"));
    assertEquals("a_b_c.gns3", ProjectNames.fileName("a\\b\u0000c"));
  }
}
