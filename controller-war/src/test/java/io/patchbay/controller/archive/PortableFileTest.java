package io.patchbay.controller.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortableFileTest {
  private static final ExportOptions PORTABLE = new ExportOptions(true, false, true, false, false);

  private static JsonObject file(String node) {
    String text =
        "{'topology': {'computes': [{'password': 'x'}], 'nodes': ["
            + node
            + "], 'links': [], 'drawings': []}}";
    try (JsonReader reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
      return reader.readObject();
    }
  }

  private static JsonObject node(PortableFile portable) {
    return portable.file().getJsonObject("topology").getJsonArray("nodes").getJsonObject(0);
  }

  @Test
  void nodesComeFromNowhereInParticular() {
    PortableFile portable =
        PortableFile.of(
            file(
                "{'node_type': 'qemu', 'compute_id': 'c', 'properties': {'hda_disk_image':"
                    + " '/srv/images/a.qcow2', 'hdb_disk_image': '', 'mac_address': '00', 'ram':"
                    + " 5}}"),
            PORTABLE);
    JsonObject properties = node(portable).getJsonObject("properties");
    assertEquals("local", node(portable).getString("compute_id"));
    assertEquals("a.qcow2", properties.getString("hda_disk_image"));
    assertEquals(JsonValue.NULL, properties.get("mac_address"));
    assertEquals(
        Set.of(new PortableFile.Image("c", "qemu", "/srv/images/a.qcow2")), portable.images());
    assertTrue(portable.file().getJsonObject("topology").getJsonArray("computes").isEmpty());
  }

  @Test
  void aSnapshotChangesNothing() {
    JsonObject file =
        file(
            "{'node_type': 'iou', 'compute_id': 'c', 'properties': {'path': '/x/i86.bin',"
                + " 'mac_address': '00'}}");
    PortableFile portable = PortableFile.of(file, ExportOptions.SNAPSHOT);
    assertEquals(file, portable.file());
    assertEquals(Set.of(), portable.images());
  }

  @Test
  void containersNameNoFiles() {
    PortableFile portable =
        PortableFile.of(
            file("{'node_type': 'docker', 'properties': {'image': 'a/b:latest'}}"), PORTABLE);
    assertEquals("a/b:latest", node(portable).getJsonObject("properties").getString("image"));
    assertEquals(Set.of(), portable.images());
  }

  @Test
  void machinesOfAHypervisorStayWhereTheyAre() {
    JsonObject plain = file("{'node_type': 'vmware', 'properties': {}}");
    assertThrows(LabException.class, () -> PortableFile.of(plain, PORTABLE));
    PortableFile.of(plain, ExportOptions.SNAPSHOT);
    JsonObject clone = file("{'node_type': 'virtualbox', 'properties': {'linked_clone': true}}");
    assertThrows(LabException.class, () -> PortableFile.of(clone, ExportOptions.SNAPSHOT));
  }
}
