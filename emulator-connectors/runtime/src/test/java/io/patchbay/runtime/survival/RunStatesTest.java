package io.patchbay.runtime.survival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.CaptureRequest;
import io.patchbay.spi.DataLinkType;
import io.patchbay.spi.Json;
import io.patchbay.spi.LinkSettings;
import io.patchbay.spi.Nio;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStatesTest {
  private static final UUID PROJECT = UUID.randomUUID();
  private static final JsonObject SETTINGS =
      Json.createObjectBuilder().add("project_id", PROJECT.toString()).add("path", "/x").build();

  @TempDir private Path directory;

  private static NodeState node(Optional<JsonObject> running) {
    SequencedMap<PortAddress, Nio> ports = new LinkedHashMap<>();
    ports.put(
        new PortAddress(0, 1),
        new Nio.Udp(
            10001,
            "127.0.0.1",
            10002,
            new LinkSettings(true, Map.of("delay", Json.createArrayBuilder().add(5).build()))));
    ports.put(new PortAddress(1, 0), new Nio.Tap("tap0"));
    return new NodeState(
        UUID.randomUUID(),
        "vpcs",
        Json.createObjectBuilder().add("name", "PC1").add("console", 5001).build(),
        ports,
        Map.of(new PortAddress(0, 1), new CaptureRequest("a.pcap", DataLinkType.EN10MB)),
        running);
  }

  private static JsonObject running() {
    return Json.createObjectBuilder()
        .add("ports", Json.createObjectBuilder().add("console", 5002).add("own", 10003))
        .build();
  }

  @Test
  void whatWasWrittenDownIsThereForTheNextServer() {
    NodeState one = node(Optional.of(running()));
    NodeState two = node(Optional.empty());
    try (RunStates states = new RunStates(directory)) {
      states.saveProject(PROJECT, SETTINGS);
      states.save(PROJECT, one);
      states.save(PROJECT, two);
    }
    try (RunStates states = new RunStates(directory)) {
      RunStates.Saved saved = states.load().getFirst();
      assertEquals(SETTINGS, saved.project());
      assertEquals(Set.of(one, two), Set.copyOf(saved.nodes()));
      states.forget(PROJECT, one.nodeId());
      assertEquals(List.of(two), states.load().getFirst().nodes());
      states.forgetProject(PROJECT);
      assertTrue(states.load().isEmpty());
    }
  }

  @Test
  void theLastStateIsTheOneThatIsThere() {
    UUID id = UUID.randomUUID();
    try (RunStates states = new RunStates(directory)) {
      states.saveProject(PROJECT, SETTINGS);
      for (int length : new int[] {10, 2000, 0, 9000, 5, 4000, 20}) {
        JsonObject text = Json.createObjectBuilder().add("script", "x".repeat(length)).build();
        NodeState node =
            new NodeState(id, "vpcs", SETTINGS, new LinkedHashMap<>(), Map.of(), Optional.of(text));
        states.save(PROJECT, node);
        assertEquals(List.of(node), states.load().getFirst().nodes());
      }
    }
  }

  @Test
  void portsAreKnownBeforeAnythingIsMadeAgain() {
    assertEquals(
        Set.of(5001, 5002, 10001, 10003),
        node(Optional.of(running())).portNumbers().collect(Collectors.toSet()));
  }

  @Test
  void aDamagedFileHidesThatNodeAndNoOther() throws IOException {
    NodeState good = node(Optional.empty());
    try (RunStates states = new RunStates(directory)) {
      states.saveProject(PROJECT, SETTINGS);
      states.save(PROJECT, good);
      Path project = directory.resolve(PROJECT.toString());
      Files.writeString(project.resolve(UUID.randomUUID() + ".json"), "");
      Files.writeString(project.resolve(UUID.randomUUID() + ".json"), "{\"node_id\": 7}");
      assertEquals(List.of(good), states.load().getFirst().nodes());
    }
  }

  @Test
  void twoServersDoNotShareADirectory() {
    RunStates first = new RunStates(directory);
    try {
      IllegalStateException refused =
          assertThrows(IllegalStateException.class, () -> new RunStates(directory));
      assertTrue(refused.getMessage().contains(directory.toString()));
    } finally {
      first.close();
    }
    new RunStates(directory).close();
  }
}
