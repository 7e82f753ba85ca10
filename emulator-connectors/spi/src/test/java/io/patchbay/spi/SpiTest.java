package io.patchbay.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpiTest {
  @TempDir private Path directory;

  @Test
  void statusesHaveTheirWireNames() {
    for (NodeStatus status : NodeStatus.values()) {
      assertEquals(status, NodeStatus.ofWireName(status.wireName()));
    }
    assertEquals(
        ErrorCode.INVALID,
        assertThrows(LabException.class, () -> NodeStatus.ofWireName("STARTED")).code());
  }

  @Test
  void kindsAreFoundByTheirWireNameOnly() {
    assertEquals(Optional.of(NodeKinds.VPCS), NodeKinds.find("vpcs"));
    assertEquals(Optional.empty(), NodeKinds.find("VPCS"));
    assertThrows(
        UnsupportedOperationException.class,
        () -> NodeKinds.VPCS.traits().add(NodeKind.Trait.ALWAYS_ON));
  }

  @Test
  void portsCountFromZero() {
    assertEquals("1/2", new PortAddress(1, 2).toString());
    assertThrows(IllegalArgumentException.class, () -> new PortAddress(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> new PortAddress(0, -1));
  }

  @Test
  void nioIsTheSameAfterItsOwnRequest() {
    JsonObject body =
        Json.createObjectBuilder()
            .add("type", "nio_udp")
            .add("lport", 20000)
            .add("rhost", "127.0.0.1")
            .add("rport", 20001)
            .add("suspend", true)
            .add(
                "filters",
                Json.createObjectBuilder().add("packet_loss", Json.createArrayBuilder().add("10")))
            .build();
    Nio nio = Nio.of(body);
    assertEquals(body, nio.request());
    assertEquals(nio, Nio.of(nio.request()));
    assertFalse(nio.toJson().containsKey("filters"));
    JsonObject tap = Json.createObjectBuilder().add("type", "nio_vde").add("x", 1).build();
    assertEquals(tap, Nio.of(tap).toJson());
  }

  @Test
  void fileIsReplacedAndNothingElseIsLeft() throws IOException {
    Path file = directory.resolve("lab.gns3");
    DurableFile.write(file, "old".getBytes());
    DurableFile.write(file, "new".getBytes());
    assertEquals("new", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void fileThatCannotBeReplacedStaysAndNothingElseIsLeft() throws IOException {
    Path occupied = Files.createDirectories(directory.resolve("lab.gns3/inside")).getParent();
    assertThrows(IOException.class, () -> DurableFile.write(occupied, "new".getBytes()));
    assertEquals(List.of(occupied), files());
    assertThrows(
        IOException.class,
        () -> DurableFile.write(directory.resolve("missing/file"), "x".getBytes()));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  @Test
  void treeIsDeletedWithoutFollowingLinks() throws IOException {
    Path outside = Files.writeString(directory.resolve("outside"), "stays");
    Path root = Files.createDirectories(directory.resolve("tree/a/b")).getParent().getParent();
    Files.writeString(root.resolve("a/b/file"), "goes");
    Files.createSymbolicLink(root.resolve("a/link"), outside);
    Files.createSymbolicLink(root.resolve("a/dangling"), directory.resolve("nowhere"));
    DirectoryTree.delete(root);
    DirectoryTree.delete(root);
    assertFalse(Files.exists(root));
    assertTrue(Files.exists(outside));
  }

  @Test
  void siteHasADirectoryForEachKind() {
    UUID id = UUID.randomUUID();
    NodeSite site = new NodeSite(UUID.randomUUID(), id, "N", directory, event -> {});
    assertEquals(directory.resolve("project-files/vpcs/" + id), site.directory(NodeKinds.VPCS));
  }
}
