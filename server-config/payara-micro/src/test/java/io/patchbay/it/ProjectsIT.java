package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Projects that travel, are copied and are put back, with a real server and its disk. */
class ProjectsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final byte[] NOTHING = {};

  private final Server server = Servers.shared();
  private final Api api = server.api();
  private final List<String> made = new ArrayList<>();

  @AfterEach
  void cleanUp() throws Exception {
    for (String project : made) {
      api.call("POST", project + "/nodes/stop", "");
      api.call("DELETE", project, "");
    }
  }

  private String remember(JsonObject project) {
    String path = "/v2/projects/" + project.getString("project_id");
    made.add(path);
    return path;
  }

  private String create(String name) throws Exception {
    return remember(
        api.post("/v2/projects", "{\"name\": \"" + name + "\", \"auto_close\": false}"));
  }

  private String add(String project, String name, String kind) throws Exception {
    return api.post(
            project + "/nodes",
            "{\"name\": \"%s\", \"node_type\": \"%s\", \"compute_id\": \"local\"}"
                .formatted(name, kind))
        .getString("node_id");
  }

  private String link(String project, String one, String other) throws Exception {
    String end = "{\"node_id\": \"%s\", \"adapter_number\": 0, \"port_number\": 0}";
    return api.post(
            project + "/links",
            "{\"nodes\": [" + end.formatted(one) + ", " + end.formatted(other) + "]}")
        .getString("link_id");
  }

  private JsonArray list(String path) throws Exception {
    return api.call("GET", path, "").array();
  }

  private static Set<String> names(JsonArray nodes) {
    Set<String> names = new TreeSet<>();
    nodes.getValuesAs(JsonObject.class).forEach(node -> names.add(node.getString("name")));
    return names;
  }

  private HttpResponse<byte[]> importArchive(String id, byte[] archive, String query)
      throws Exception {
    return api.bytes("POST", "/v2/projects/" + id + "/import" + query, archive);
  }

  private static byte[] zip(Map<String, String> members) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> member : members.entrySet()) {
        zip.putNextEntry(new ZipEntry(member.getKey()));
        zip.write(member.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static Set<String> members(byte[] archive) throws IOException {
    Set<String> names = new TreeSet<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }

  /** Everything below the server's data, so that what a failure left is seen. */
  private Set<Path> disk() throws IOException {
    try (Stream<Path> all = Files.walk(server.home().resolve("projects"))) {
      return new TreeSet<>(all.toList());
    }
  }

  @Test
  void aProjectTravelsWithItsFilesAndSnapshots() throws Exception {
    String project = create("traveller");
    String pc = add(project, "PC1", "vpcs");
    String hub = add(project, "Hub1", "ethernet_hub");
    link(project, pc, hub);
    byte[] data = new byte[3_000_000];
    new Random(7).nextBytes(data);
    assertEquals(201, api.bytes("POST", project + "/files/data.bin", data).statusCode());
    String nodeFile = "/files/project-files/vpcs/%s/startup.vpc";
    Files.createDirectories(
        server.home().resolve("projects" + project.substring(12) + "/project-files/vpcs/" + pc));
    api.bytes("POST", project + nodeFile.formatted(pc), "set pcname PC1\n".getBytes());
    api.post(project + "/snapshots", "{\"name\": \"first\"}");

    HttpResponse<byte[]> exported =
        api.bytes("GET", project + "/export?include_snapshots=yes", NOTHING);
    assertEquals(200, exported.statusCode());
    assertEquals(
        Set.of(
            "project.gns3",
            "data.bin",
            "project-files/vpcs/" + pc + "/startup.vpc",
            "snapshots/first.gns3snapshot",
            "snapshots/snapshots.conf"),
        members(exported.body()));

    String id = UUID.randomUUID().toString();
    HttpResponse<byte[]> imported = importArchive(id, exported.body(), "");
    assertEquals(201, imported.statusCode(), () -> new String(imported.body()));
    String copy = "/v2/projects/" + id;
    made.add(copy);
    JsonObject told = api.call("GET", copy, "").object();
    assertEquals("traveller-1", told.getString("name"));
    assertEquals("closed", told.getString("status"));
    assertArrayEquals(data, api.bytes("GET", copy + "/files/data.bin", NOTHING).body());
    api.post(copy + "/open", "");
    JsonArray nodes = list(copy + "/nodes");
    assertEquals(Set.of("PC1", "Hub1"), names(nodes));
    String newPc = nodes.getJsonObject(0).getString("node_id");
    assertNotEquals(pc, newPc);
    assertEquals(
        "set pcname PC1\n",
        api.call("GET", copy + nodeFile.formatted(newPc), "").response().body());
    assertEquals(1, list(copy + "/links").size());

    // Its snapshot is of the copy, not of the original.
    api.call("DELETE", copy + "/nodes/" + newPc, "");
    String snapshot = list(copy + "/snapshots").getJsonObject(0).getString("snapshot_id");
    assertEquals(201, api.call("POST", copy + "/snapshots/" + snapshot + "/restore", "").status());
    assertEquals(newPc, list(copy + "/nodes").getJsonObject(0).getString("node_id"));
    assertEquals(2, list(project + "/nodes").size());
  }

  @Test
  void everyCompressionAndAMultipartBodyCanBeImported() throws Exception {
    String project = create("squeezed");
    api.bytes("POST", project + "/files/README.txt", "read me".repeat(1000).getBytes());
    for (String compression : List.of("none", "zip", "bzip2", "lzma")) {
      byte[] archive =
          api.bytes("GET", project + "/export?compression=" + compression, NOTHING).body();
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      body.writeBytes(
          "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n".getBytes());
      body.writeBytes(archive);
      body.writeBytes("\r\n--b--\r\n".getBytes());
      for (byte[] sent : List.of(archive, body.toByteArray())) {
        String id = UUID.randomUUID().toString();
        assertEquals(201, importArchive(id, sent, "?name=in").statusCode(), compression);
        made.add("/v2/projects/" + id);
        assertEquals(
            "read me".repeat(1000),
            api.call("GET", "/v2/projects/" + id + "/files/README.txt", "").response().body());
      }
    }
    assertEquals(400, api.call("GET", project + "/export?compression=rar", "").status());
  }

  @Test
  void archivesThatMayDoHarmLeaveNothing() throws Exception {
    String file =
        """
        {"project_id": "%s", "name": "x", "revision": %d, "version": "2.2.60", "type": "topology",
         "topology": {"nodes": [], "links": [], "drawings": [], "computes": []}}
        """;
    String good = file.formatted(UUID.randomUUID(), 9);
    Set<Path> before = disk();
    for (Map<String, String> members :
        List.of(
            Map.of("project.gns3", good, "../evil", "x"),
            Map.of("project.gns3", good, "/tmp/evil", "x"),
            Map.of("project.gns3", good, "snapshots/s.gns3snapshot", "no archive"),
            Map.of("project.gns3", file.formatted(UUID.randomUUID(), 99)),
            Map.of("project.gns3", "{\"topology\": 5}"),
            Map.of("other", "x"))) {
      HttpResponse<byte[]> answer = importArchive(UUID.randomUUID().toString(), zip(members), "");
      assertEquals(409, answer.statusCode(), members::toString);
      assertEquals(before, disk(), members::toString);
    }
    assertEquals(400, importArchive("evil", zip(Map.of("a", "b")), "").statusCode());
    byte[] cut = Arrays.copyOf(zip(Map.of("project.gns3", good)), 150);
    assertEquals(409, importArchive(UUID.randomUUID().toString(), cut, "").statusCode());
    assertEquals(before, disk());
  }

  @Test
  void aProjectOfGns315IsConvertedOnItsWayIn() throws Exception {
    String old =
        """
        {"name": "old", "project_id": null, "revision": 4, "topology": {"nodes": [
          {"id": 1, "type": "VPCSDevice", "vm_id": "0fd3dd4d-dc93-4a04-a9b9-7396a9e22e8b",
           "x": 1.5, "y": 2.5, "server_id": 1, "properties": {"name": "PC7"},
           "label": {"text": "PC7", "x": 1.0, "y": 2.0},
           "ports": [{"id": 1, "name": "Ethernet0", "port_number": 0}]}]}}
        """;
    String id = UUID.randomUUID().toString();
    assertEquals(201, importArchive(id, zip(Map.of("project.gns3", old)), "").statusCode());
    made.add("/v2/projects/" + id);
    api.post("/v2/projects/" + id + "/open", "");
    assertEquals(Set.of("PC7"), names(list("/v2/projects/" + id + "/nodes")));
  }

  @Test
  void aNewerFileIsRefusedAndKept() throws Exception {
    String project = create("newer");
    api.call("POST", project + "/close", "");
    String newer =
        new String(api.bytes("GET", project + "/files/newer.gns3", NOTHING).body())
            .replaceAll("\"revision\": *9", "\"revision\": 99");
    api.bytes("POST", project + "/files/newer.gns3", newer.getBytes());
    assertEquals(409, api.call("POST", project + "/open", "").status());
    assertEquals("closed", api.call("GET", project, "").object().getString("status"));
    assertEquals(newer, api.call("GET", project + "/files/newer.gns3", "").response().body());
  }

  @Test
  void aSnapshotPutsTheProjectBackUnderItsWatchersEyes() throws Exception {
    String project = create("restored");
    String pc = add(project, "PC1", "vpcs");
    String snapshot =
        api.post(project + "/snapshots", "{\"name\": \"before\"}").getString("snapshot_id");
    api.call("DELETE", project + "/nodes/" + pc, "");
    add(project, "Hub1", "ethernet_hub");
    api.call("PUT", project, "{\"name\": \"renamed\"}");
    try (Listener watcher = new Listener(api.socket(project + "/notifications/ws"))) {
      watcher.await(heard -> heard.contains("ping"), PATIENCE);
      assertEquals(
          201, api.call("POST", project + "/snapshots/" + snapshot + "/restore", "").status());
      watcher.await(heard -> heard.contains("snapshot.restored"), PATIENCE);
      add(project, "Hub2", "ethernet_hub");
      watcher.await(heard -> heard.contains("Hub2"), PATIENCE);
    }
    assertEquals(Set.of("PC1", "Hub2"), names(list(project + "/nodes")));
    assertEquals(pc, list(project + "/nodes").getJsonObject(0).getString("node_id"));
    assertEquals("renamed", api.call("GET", project, "").object().getString("name"));
    assertEquals(1, api.call("GET", project + "/stats", "").object().getInt("snapshots"));
  }

  @Test
  void aSnapshotThatIsDamagedChangesNothing() throws Exception {
    String project = create("damaged");
    String snapshot =
        api.post(project + "/snapshots", "{\"name\": \"s\"}").getString("snapshot_id");
    add(project, "PC1", "vpcs");
    api.bytes("POST", project + "/files/snapshots/s.gns3snapshot", "broken".getBytes());
    assertEquals(
        409, api.call("POST", project + "/snapshots/" + snapshot + "/restore", "").status());
    assertEquals("opened", api.call("GET", project, "").object().getString("status"));
    assertEquals(Set.of("PC1"), names(list(project + "/nodes")));
  }

  @Test
  void aRunningProjectIsCopiedButNotExported() throws Exception {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "vpcs"))),
        "the program vpcs is not installed");
    String project = create("running");
    String pc = add(project, "PC1", "vpcs");
    api.post(project + "/nodes/" + pc + "/start", "{}");
    assertEquals(409, api.call("GET", project + "/export", "").status());
    assertEquals(409, api.call("POST", project + "/snapshots", "{\"name\": \"s\"}").status());
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < 2; i++) {
      JsonObject copy = api.post(project + "/duplicate", "{\"name\": \"running\"}");
      names.add(copy.getString("name"));
      String path = remember(copy);
      api.post(path + "/open", "");
      JsonObject node = list(path + "/nodes").getJsonObject(0);
      assertEquals("stopped", node.getString("status"));
      assertNotEquals(pc, node.getString("node_id"));
    }
    assertEquals(Set.of("running-1", "running-2"), names);
    assertEquals(
        "started", api.call("GET", project + "/nodes/" + pc, "").object().getString("status"));
  }

  @Test
  void filesOutsideTheProjectAreOutOfReach() throws Exception {
    String project = create("fenced");
    for (String path : List.of("..%2f..%2fx", "a%2f..%2f..%2fx", "%2fetc%2fpasswd")) {
      assertTrue(
          Set.of(403, 404).contains(api.call("GET", project + "/files/" + path, "").status()),
          path);
      assertTrue(
          Set.of(403, 404).contains(api.call("POST", project + "/files/" + path, "x").status()),
          path);
    }
    Api.Answer missing = api.call("GET", project + "/files/README.txt", "");
    assertEquals(404, missing.status());
    assertTrue(missing.object().getString("message").contains("not found"));
  }
}
