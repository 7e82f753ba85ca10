package io.patchbay.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.Nio;
import io.patchbay.spi.NodeKind.Trait;
import io.patchbay.spi.NodeSite;
import io.patchbay.spi.PortAddress;
import io.patchbay.spi.Suspendable;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** How nodes live: they are made, started, talked to, stopped and closed. */
public abstract class LifeContract extends ConnectorFixture {
  @Test
  void schemasAreStrict() {
    for (String schema : List.of(connector.createSchema(), connector.updateSchema())) {
      JsonObject read = Json.createReader(new StringReader(schema)).readObject();
      assertEquals("object", read.getString("type"));
      assertFalse(read.getBoolean("additionalProperties"), "unknown settings must be refused");
    }
  }

  @Test
  void nodeSaysWhatItIs() {
    NodeSite site = compute.site("N1");
    try (EmulatedNode node = connector.create(site, settings("N1"))) {
      JsonObject shown = node.describe();
      assertEquals("N1", shown.getString("name"));
      assertEquals(site.nodeId().toString(), shown.getString("node_id"));
      assertEquals(site.projectId().toString(), shown.getString("project_id"));
      assertEquals(connector.kind(), node.kind());
      assertEquals(site.nodeId(), node.id());
      assertEquals(has(Behaviour.START_AND_STOP) ? "stopped" : "started", status(node));
      assertEquals(has(Behaviour.CONSOLE), shown.get("console") instanceof JsonNumber);
      assertEquals(List.of(), compute.events().statuses(), "a creation tells nothing");
    }
  }

  @Test
  void startAndStopMayBeRepeated() {
    try (EmulatedNode node = create("N1")) {
      node.start();
      node.start();
      assertEquals("started", status(node));
      compute.events().forget();
      node.reload();
      assertEquals("started", status(node));
      // Some are reset where they are, and some are stopped and started.
      assertTrue(
          Set.of(List.of(), List.of("stopped", "started")).contains(compute.events().statuses()));
      compute.events().forget();
      suspendAndResume(node);
      node.stop();
      node.stop();
      if (has(Behaviour.START_AND_STOP)) {
        assertEquals("stopped", status(node));
        assertEquals("stopped", compute.events().statuses().getLast());
        compute.events().forget();
        node.reload();
        assertEquals(
            has(Behaviour.RELOAD_STARTS) ? List.of("started") : List.of(),
            compute.events().statuses(),
            "it did not run before");
      } else {
        assertTrue(node.kind().has(Trait.ALWAYS_ON));
        assertEquals("started", status(node));
        assertEquals(List.of(), compute.events().statuses(), "nothing has changed");
      }
    }
  }

  private void suspendAndResume(EmulatedNode node) {
    assertEquals(node.kind().has(Trait.SUSPENDABLE), node instanceof Suspendable);
    node.suspend();
    node.suspend();
    if (node instanceof Suspendable suspended) {
      assertEquals("suspended", status(node));
      node.start();
      assertEquals("started", status(node), "a start lets it go on");
      node.suspend();
      suspended.resume();
      suspended.resume();
    }
    assertEquals("started", status(node));
  }

  @Test
  void whatIsStoppedCannotBeResumed() {
    try (EmulatedNode node = create("N1")) {
      node.suspend();
      if (node instanceof Suspendable stopped) {
        assertEquals("stopped", status(node));
        assertEquals(ErrorCode.CONFLICT, refusal(stopped::resume));
      }
    }
  }

  @Test
  void nameChangesWhileItRuns() {
    try (EmulatedNode node = create("N1")) {
      Map<PortAddress, UdpPeer> peers = plugAll(node);
      node.start();
      compute.events().forget();
      node.update(Json.createObjectBuilder().add("name", "N2").build());
      assertEquals("N2", node.describe().getString("name"));
      assertEquals(List.of("started"), compute.events().statuses());
      assertFramesPass(peers);
      peers.values().forEach(UdpPeer::close);
    }
  }

  @Test
  void duplicateGetsTheFiles() throws Exception {
    NodeSite site = compute.site("N1");
    NodeSite place = compute.site("N2");
    try (EmulatedNode node = connector.create(site, settings("N1"));
        EmulatedNode copy = connector.create(place, settings("N2"))) {
      Path file = site.directory(node.kind()).resolve("notes/one.txt");
      Files.createDirectories(file.getParent());
      Files.writeString(file, "text");
      node.copyFilesTo(copy);
      Path copied = place.directory(node.kind()).resolve("notes/one.txt");
      assertEquals(has(Behaviour.FILES), Files.exists(copied));
      if (has(Behaviour.FILES)) {
        assertEquals("text", Files.readString(copied));
      }
      assertEquals("N2", copy.describe().getString("name"));
    }
  }

  @Test
  void closedNodeTakesNothingAndIsGoneForAllRequests() {
    EmulatedNode node = create("N1");
    Map<PortAddress, UdpPeer> peers = plugAll(node);
    node.start();
    node.close();
    node.close();
    assertEquals(ErrorCode.NOT_FOUND, refusal(node::start));
    assertEquals(ErrorCode.NOT_FOUND, refusal(() -> node.update(JsonValue.EMPTY_JSON_OBJECT)));
    assertEquals(
        ErrorCode.NOT_FOUND,
        refusal(() -> node.attach(passages().getFirst().from(), new Nio.Other("x", SILENCE))));
    if (has(Behaviour.START_AND_STOP)) {
      assertEquals("stopped", compute.events().statuses().getLast());
    }
    peers.values().forEach(UdpPeer::close);
  }

  @Test
  void consoleIsSharedAndSurvivesThoseWhoLeave() {
    ConsoleContract.shared(create("N1"), has(Behaviour.CONSOLE), this::conversation);
  }

  @Test
  void consoleThatIsOffDoesNotListen() {
    ConsoleContract.off(create("N1"), has(Behaviour.CONSOLE));
  }

  @Test
  void noConsolePortLeftIsAConflictThatSaysSo() {
    useCompute(TestCompute.roomy().consoles(1));
    EmulatedNode first = create("N1");
    try {
      if (has(Behaviour.CONSOLE)) {
        LabException refused = assertThrows(LabException.class, () -> create("N2"));
        assertEquals(ErrorCode.CONFLICT, refused.code());
        assertTrue(refused.getMessage().contains("free"), refused.getMessage());
      } else {
        create("N2").close();
      }
    } finally {
      first.close();
    }
    create("N3").close();
  }

  @Test
  void noUdpPortLeftKeepsItStopped() {
    useCompute(TestCompute.roomy().udp(1));
    try (EmulatedNode node = create("N1")) {
      if (has(Behaviour.PROCESS) && has(Behaviour.PORTS_BEFORE_LINKS)) {
        assertEquals(ErrorCode.CONFLICT, refusal(node::start));
        assertEquals("stopped", status(node));
        assertEquals(List.of(), compute.events().statuses());
      } else {
        node.start();
      }
      assertEquals(Set.of(), Set.copyOf(compute.adapter().udpPorts().leased()));
    }
  }

  @Test
  void processThatIsKilledIsNoticed() {
    if (!has(Behaviour.PROCESS)) {
      return;
    }
    try (EmulatedNode node = create("N1")) {
      node.start();
      List<ProcessHandle> family = processes(node.describe());
      assertFalse(family.isEmpty(), "its process was not found");
      compute.events().forget();
      family.getFirst().destroyForcibly();
      Deadline.await("the end of the node", () -> status(node).equals("stopped"));
      assertEquals(List.of("stopped"), compute.events().statuses());
      assertEquals(Set.of(), Set.copyOf(compute.adapter().udpPorts().leased()));
      Deadline.await(
          "the end of what it had started",
          () -> family.stream().noneMatch(ProcessHandle::isAlive));
      node.start();
      assertEquals("started", status(node));
    }
  }

  @Test
  void noProcessOutlivesAStop() {
    if (!has(Behaviour.PROCESS)) {
      return;
    }
    try (EmulatedNode node = create("N1")) {
      node.start();
      List<ProcessHandle> family = processes(node.describe());
      node.stop();
      Deadline.await(
          "the end of its processes", () -> family.stream().noneMatch(ProcessHandle::isAlive));
    }
  }

  @Test
  void requestsAreServedOneAtATime() {
    try (EmulatedNode node = create("N1")) {
      List<Runnable> requests =
          List.of(node::start, node::stop, node::reload, node::describe, node::start, node::stop);
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        requests.forEach(threads::execute);
      }
      List<String> statuses = compute.events().statuses();
      for (int i = 1; i < statuses.size(); i++) {
        assertFalse(statuses.get(i).equals(statuses.get(i - 1)), () -> "told twice: " + statuses);
      }
      if (!statuses.isEmpty()) {
        assertEquals(statuses.getLast(), status(node));
      }
    }
  }
}
