package io.patchbay.controller.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Projects as older versions wrote them, and what GNS3 2.2 makes of them. */
class MigrationsTest {
  private static final String VERSION = "2.2.60";

  @TempDir private Path directory;

  static Stream<Path> pairs() throws URISyntaxException, IOException {
    Path all = Path.of(MigrationsTest.class.getResource("/topologies").toURI());
    return Files.list(all).sorted();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void convertsAsGns3Does(Path pair) throws IOException {
    copy(pair.resolve("before"), directory);
    Path file = projectFile(directory);
    byte[] original = Files.readAllBytes(file);
    int revision = Migrations.revision(Migrations.parse(file));

    JsonObject converted = Migrations.read(file, VERSION).file();

    compare("", parse(Files.readString(projectFile(pair.resolve("after")))), converted);
    Path backup = file.resolveSibling(file.getFileName() + ".backup" + revision);
    assertEquals(-1, Files.mismatch(backup, Files.write(directory.resolve("original"), original)));
    Files.delete(backup);
    Files.delete(directory.resolve("original"));
    Map<String, Long> expected = sizes(pair.resolve("after"));
    Map<String, Long> found = sizes(directory);
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach(
        (name, size) -> {
          if (!name.endsWith(".gns3project")) {
            assertEquals(size, found.get(name), name);
          }
        });
  }

  private static Path projectFile(Path in) throws IOException {
    try (Stream<Path> files = Files.list(in)) {
      return files.filter(file -> file.toString().endsWith(".gns3")).findFirst().orElseThrow();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  private static Map<String, Long> sizes(Path root) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!file.toString().endsWith(".gns3")) {
          sizes.put(root.relativize(file).toString(), Files.size(file));
        }
      }
    }
    return sizes;
  }

  private static void compare(String where, JsonValue expected, JsonValue found) {
    switch (expected) {
      case JsonObject object -> {
        assertEquals(fields(object), fields(found.asJsonObject()), where);
        object.forEach(
            (field, value) -> compare(where + "/" + field, value, found.asJsonObject().get(field)));
      }
      case JsonArray array -> {
        assertEquals(array.size(), found.asJsonArray().size(), where);
        for (int i = 0; i < array.size(); i++) {
          compare(where + "/" + i, array.get(i), found.asJsonArray().get(i));
        }
      }
      case JsonString text when text.getString().equals("ANYUUID") ->
          UUID.fromString(((JsonString) found).getString());
      case JsonString text when text.getString().equals("ANYSTR") ->
          assertTrue(found instanceof JsonString, where);
      case JsonNumber number when where.equals("/revision") ->
          assertEquals(Migrations.CURRENT, ((JsonNumber) found).intValue());
      default -> assertEquals(expected, found, where);
    }
  }

  private static Set<String> fields(JsonObject object) {
    return new TreeSet<>(object.keySet());
  }

  private static JsonObject parse(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  private JsonObject read(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("x.gns3"), text.replace('\'', '"'));
    return Migrations.read(file, VERSION).file();
  }

  private static JsonObject node(JsonObject file) {
    return file.getJsonObject("topology").getJsonArray("nodes").getJsonObject(0);
  }

  @Test
  void gns321MachinesSayWhatTheyDoOnClose() throws IOException {
    JsonObject file =
        read(
            """
            {'revision': 8, 'grid_size': 50, 'topology': {'nodes': [
              {'node_type': 'qemu', 'console_type': null,
               'properties': {'acpi_shutdown': true, 'save_vm_state': false, 'ram': 1}}]}}
            """);
    assertEquals(9, file.getInt("revision"));
    assertEquals(50, file.getInt("drawing_grid_size"));
    assertEquals("none", node(file).getString("console_type"));
    assertEquals(
        parse("{\"ram\": 1, \"on_close\": \"save_vm_state\"}"),
        node(file).getJsonObject("properties"));
  }

  @Test
  void gns320StartUpFilesAreNoLongerNamed() throws IOException {
    JsonObject file =
        read(
            """
            {'revision': 7, 'topology': {'nodes': [
              {'node_type': 'iou',
               'properties': {'path': 'a.bin', 'startup_config': 'x', 'private_config_content': ''}}]}}
            """);
    assertEquals(parse("{\"path\": \"a.bin\"}"), node(file).getJsonObject("properties"));
  }

  @Test
  void gns320BetaRoutersGetDirectoriesOfTheirOwn() throws IOException {
    Path routers = Files.createDirectories(directory.resolve("project-files/dynamips/configs"));
    Files.writeString(routers.resolve("i7_startup-config.cfg"), "a");
    Files.writeString(routers.resolve("i70_startup-config.cfg"), "b");
    Files.writeString(routers.resolveSibling("c7200_i7_nvram"), "c");
    read(
        """
        {'revision': 6, 'topology': {'nodes': [
          {'node_type': 'dynamips', 'node_id': 'id', 'properties': {'dynamips_id': 7}}]}}
        """);
    Path own = directory.resolve("project-files/dynamips/id");
    assertEquals("a", Files.readString(own.resolve("configs/i7_startup-config.cfg")));
    assertEquals("c", Files.readString(own.resolve("c7200_i7_nvram")));
    assertTrue(Files.exists(routers.resolve("i70_startup-config.cfg")));
  }

  @Test
  void linksToCloudsKeepTheirPorts() throws IOException {
    JsonObject file =
        read(
            """
            {'name': 'x', 'revision': 4, 'topology': {
              'nodes': [
                {'id': 1, 'type': 'Host', 'x': 1.9, 'y': -1.9, 'properties': {'name': 'H', 'nios': []},
                 'ports': [{'id': 10, 'name': 'nio_nat:x'},
                           {'id': 11, 'name': 'nio_udp:1000:10.0.0.1:2000'},
                           {'id': 12, 'name': 'nio_gen_linux:eth0'}]},
                {'id': 2, 'type': 'VPCSDevice', 'x': 0, 'y': 0, 'properties': {'name': 'P'},
                 'ports': [{'id': 20, 'name': 'Ethernet0', 'port_number': 0}]}],
              'links': [{'source_node_id': 2, 'source_port_id': 20,
                         'destination_node_id': 1, 'destination_port_id': 12}]}}
            """);
    assertEquals(
        parse(
                """
                {"m": [{"name": "UDP tunnel 1", "port_number": 1, "type": "udp", "lport": 1000,
                        "rhost": "10.0.0.1", "rport": 2000},
                       {"interface": "eth0", "name": "eth0", "port_number": 2, "type": "ethernet"}]}
                """)
            .get("m"),
        node(file).getJsonObject("properties").get("ports_mapping"));
    assertEquals(":/symbols/computer.svg", node(file).getString("symbol"));
    assertEquals(1, node(file).getInt("x"));
    assertEquals(-1, node(file).getInt("y"));
    JsonArray ends =
        file.getJsonObject("topology").getJsonArray("links").getJsonObject(0).getJsonArray("nodes");
    assertEquals(2, ends.getJsonObject(1).getInt("port_number"));
  }

  @Test
  void picturesOfTheProjectAreTakenAndNoOthers() throws IOException {
    Files.createDirectories(directory.resolve("pics"));
    Files.writeString(directory.resolve("pics/a.png"), "mine");
    JsonObject file =
        read(
            """
            {'name': 'x', 'topology': {'images': [
              {'path': 'pics/a.png', 'x': 1, 'y': 2}, {'path': '/etc/passwd', 'x': 0, 'y': 0}]}}
            """);
    assertEquals("mine", Files.readString(directory.resolve("project-files/images/a.png")));
    assertTrue(Files.notExists(directory.resolve("project-files/images/passwd")));
    assertEquals(2, file.getJsonObject("topology").getJsonArray("drawings").size());
    assertTrue(Files.exists(directory.resolve("x.gns3.backup0")));
  }

  @Test
  void appliancesOfTheMakingBecameTemplates() throws IOException {
    JsonObject file =
        read(
            """
            {'revision': 9, 'variables': [{'name': ''}, {'value': 'x'}, {'name': 'A'}],
             'topology': {'nodes': [{'node_type': 'vpcs', 'appliance_id': 'a'}]}}
            """);
    assertEquals("a", node(file).getString("template_id"));
    assertEquals(1, file.getJsonArray("variables").size());
    assertTrue(Files.notExists(directory.resolve("x.gns3.backup9")));
  }

  @Test
  void newerFilesAreRefusedAndLeftAlone() throws IOException {
    String text = "{'revision': 10, 'version': '3.0.0', 'topology': {}}";
    LabException refused = assertThrows(LabException.class, () -> read(text));
    assertTrue(refused.getMessage().contains("revision 10"), refused.getMessage());
    assertEquals(text.replace('\'', '"'), Files.readString(directory.resolve("x.gns3")));
  }

  @Test
  void formsThatNobodyWroteAreRefused() {
    for (String bad :
        new String[] {
          "[]",
          "{",
          "{'topology': {}}",
          "{'name': 'x', 'topology': {'nodes': [{}]}}",
          "{'name': 'x', 'topology': {'nodes': [{'id': 1, 'properties': {'name': 'a'}, 'x':"
              + " 'y'}]}}",
          "{'name': 'x', 'topology': {'nodes': 5}}"
        }) {
      assertThrows(IOException.class, () -> read(bad), bad);
    }
    assertThrows(
        LabException.class,
        () ->
            read(
                "{'name': 'x', 'topology': {'nodes': [{'id': 1, 'type': 'Toaster', 'x': 1, 'y': 1,"
                    + " 'properties': {'name': 'T'}}]}}"));
  }
}
