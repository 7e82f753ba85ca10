package io.patchbay.controller.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectDamageTest {
  private static final String ID = "11111111-2222-4333-8444-555555555555";
  private static final String HEAD =
      "{\"name\": \"lab\", \"project_id\": \"" + ID + "\", \"revision\": 9, \"topology\": ";

  /** Damaged files, and what is said of each. */
  private static final Map<String, String> DAMAGED =
      Map.of(
          "",
          "is empty",
          HEAD + "{\"nodes\": [",
          "cut off",
          "no json at all",
          "no JSON",
          "[]",
          "no JSON object",
          HEAD + "[]}",
          "lacks a field",
          HEAD + "{\"nodes\": \"many\"}}",
          "a form that no version",
          HEAD + "{\"links\": [7]}}",
          "links of a wrong type",
          HEAD + "{\"drawings\": [{\"drawing_id\": 1}]}}",
          "drawings of a wrong type");

  @TempDir private Path parent;

  private Path file() throws IOException {
    return Files.createDirectories(parent.resolve(ID)).resolve("lab.gns3");
  }

  private String said(String text) throws IOException {
    Files.writeString(file(), text);
    return ProjectDamage.describe(
        file(), assertThrows(IOException.class, () -> TopologyFile.peek(file()), text));
  }

  @Test
  void whatIsWrongIsSaid() throws IOException {
    for (var damage : DAMAGED.entrySet()) {
      String said = said(damage.getKey());
      assertTrue(said.contains(damage.getValue()), said);
      assertTrue(said.contains(file().toString()), said);
      assertTrue(said.contains("There is no copy"), said);
    }
  }

  @Test
  void theGoodCopyIsNamedAndStandsIn() throws IOException {
    Project project =
        new Project(
            ID,
            file().getParent(),
            "lab.gns3",
            ProjectForm.create(Json.createObjectBuilder().add("name", "lab").build(), ID));
    project.store().save(project::snapshot);
    String said = said("");
    assertTrue(said.contains(file() + ".backup"), said);
    assertEquals(project.file(), ProjectDamage.standIn(file()).orElseThrow());
    Files.copy(Path.of(file() + ".backup"), file(), StandardCopyOption.REPLACE_EXISTING);
    assertEquals(project.file(), TopologyFile.read(file()));
  }

  @Test
  void withoutACopyTheDirectoryNamesTheProject() throws IOException {
    said("");
    assertEquals(ID, ProjectDamage.standIn(file()).orElseThrow().getString("project_id"));
    Path elsewhere = Files.createDirectories(parent.resolve("mine")).resolve("lab.gns3");
    Files.writeString(elsewhere, "");
    assertTrue(ProjectDamage.standIn(elsewhere).isEmpty());
  }
}
