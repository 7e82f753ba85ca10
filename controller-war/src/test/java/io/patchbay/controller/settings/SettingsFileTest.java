package io.patchbay.controller.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
  @TempDir private Path directory;

  private static JsonObject with(JsonObject content, String value) {
    return Json.createObjectBuilder(content).add("mine", value).build();
  }

  @Test
  void aChangeIsThereAfterARestartAndUnknownFieldsStay() throws Exception {
    Path file = directory.resolve("below/x.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"theirs\": 1}");
    new SettingsFile(file).change(content -> with(content, "a"));
    JsonObject read = new SettingsFile(file).content();
    assertEquals("a", read.getString("mine"));
    assertEquals(1, read.getInt("theirs"));
  }

  @Test
  void aFileThatIsMissingIsEmptyAndMadeByTheFirstChange() {
    Path file = directory.resolve("new/x.json");
    SettingsFile settings = new SettingsFile(file);
    assertEquals(JsonValue.EMPTY_JSON_OBJECT, settings.content());
    settings.change(content -> with(content, "a"));
    assertEquals("a", new SettingsFile(file).content().getString("mine"));
  }

  @Test
  void aBrokenFileIsNeverWrittenOver() throws Exception {
    Path file = directory.resolve("x.json");
    Files.writeString(file, "{\"templates\": [");
    SettingsFile settings = new SettingsFile(file);
    assertThrows(LabException.class, () -> settings.change(content -> with(content, "a")));
    assertEquals("{\"templates\": [", Files.readString(file));
    assertEquals(JsonValue.EMPTY_JSON_OBJECT, settings.content());
    Files.writeString(file, "{}");
    settings.reload();
    settings.change(content -> with(content, "mended"));
    assertEquals("mended", new SettingsFile(file).content().getString("mine"));
  }
}
