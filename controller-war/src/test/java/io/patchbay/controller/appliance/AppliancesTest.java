package io.patchbay.controller.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.controller.notification.Feeds;
import io.patchbay.controller.symbol.SymbolLibrary;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppliancesTest {
  @TempDir private Path directory;
  private Appliances appliances;

  @BeforeEach
  void open() {
    appliances = new Appliances(directory, new SymbolLibrary(directory, 1000), new Feeds());
  }

  private static String appliance(String name, int version, String more) {
    return """
    {"name": "%s", "category": "guest", "registry_version": %d, "status": "stable",
     "appliance_id": "x", "future_field": 1, %s}\
    """
        .formatted(name, version, more);
  }

  private void file(String name, String content) throws IOException {
    Files.writeString(directory.resolve(name), content);
  }

  private List<String> names() {
    return appliances.list("Classic").stream().map(one -> one.getString("name")).toList();
  }

  @Test
  void filesOfAllRegistryVersionsAreListedWithAllTheirFields() throws Exception {
    for (int version = 3; version <= 7; version++) {
      file(version + ".gns3a", appliance("v" + version, version, "\"qemu\": {\"ram\": 1}"));
    }
    file("8.gns3a", appliance("v8", 8, "\"settings\": [{\"template_type\": \"docker\"}]"));
    assertEquals(List.of("v3", "v4", "v5", "v6", "v7", "v8"), names());
    JsonObject first = appliances.list("Classic").getFirst();
    assertEquals(1, first.getInt("future_field"));
    assertFalse(first.getBoolean("builtin"));
    assertFalse(first.containsKey("appliance_id"));
  }

  @Test
  void whatIsBrokenIsLeftOutAndTheRestStays() throws Exception {
    file("a.gns3a", "{");
    file("b.gns3a", appliance("too new", 9, "\"qemu\": {}"));
    file("c.gns3a", appliance("nothing to run", 4, "\"x\": 1"));
    file("d.gns3a", appliance("old", 8, "\"settings\": []"));
    file("e.gns3a", "[]");
    file("f.zip", "no archive");
    file("g.txt", "not looked at");
    file("h.gns3a", appliance("good", 4, "\"docker\": {\"image\": \"i\"}"));
    file("i.gns3a", appliance("withdrawn", 4, "\"qemu\": {}").replace("stable", "broken"));
    assertEquals(List.of("good"), names());
  }

  @Test
  void anArchiveOfARegistryIsTheBuiltinCatalogue() throws Exception {
    try (OutputStream out = Files.newOutputStream(directory.resolve("registry.zip"));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : new String[] {"top/appliances/x.gns3a", "top/README.md"}) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(appliance("packed", 4, "\"qemu\": {}").getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    file("own.gns3a", appliance("own", 4, "\"qemu\": {}"));
    assertEquals(List.of("packed", "own"), names());
    assertTrue(appliances.list("Classic").getFirst().getBoolean("builtin"));
  }

  @Test
  void aThemeGivesSymbolsToThoseWithoutOneOfTheirOwn() throws Exception {
    file("a.gns3a", appliance("a", 4, "\"docker\": {\"image\": \"i\"}"));
    file("b.gns3a", appliance("b", 4, "\"qemu\": {}, \"symbol\": \":/symbols/router.svg\""));
    file("c.gns3a", appliance("c", 4, "\"qemu\": {}, \"symbol\": \"mine.svg\""));
    assertEquals(
        List.of(
            ":/symbols/affinity/circle/red/docker.svg",
            ":/symbols/affinity/circle/red/client_vm.svg",
            "mine.svg"),
        appliances.list("Affinity-circle-red").stream()
            .map(one -> one.getString("symbol"))
            .toList());
    assertThrows(LabException.class, () -> appliances.list("Neon"));
  }
}
