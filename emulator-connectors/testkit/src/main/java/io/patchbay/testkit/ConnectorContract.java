package io.patchbay.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.LinkSettings;
import io.patchbay.spi.Nio;
import io.patchbay.spi.NodeKind.Trait;
import io.patchbay.spi.NodeSite;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every connector must do. A connector's test extends this and says how its nodes are made;
 * whatever they cannot do it must say too, by {@link #lacks}: then this test asserts that they
 * refuse it, so nothing is left out unnoticed.
 */
public abstract class ConnectorContract {
  private static final JsonObject SILENCE =
      Json.createObjectBuilder().add("message", "frames that must not pass").build();
  private static final PortAddress NO_PORT = new PortAddress(0, 99);

  /** What nodes can do; all of it unless {@link #lacks} says otherwise. */
  public enum Behaviour {
    /** Is started and stopped; nodes that lack it are started all the while. */
    START_AND_STOP,
    /** Runs in a process of its own, whose end stops the node. */
    PROCESS,
    /** Has a console port, on which something answers while it runs. */
    CONSOLE,
    /** Knows its ports and refuses others. */
    FIXED_PORTS,
    /** Refuses a link where one is plugged in; nodes that lack it take the new one instead. */
    ONE_LINK_PER_PORT,
    /** Changes the filters of a link that is plugged in. */
    FILTERS,
    /** Has files, which a duplicate gets. */
    FILES
  }

  /**
   * A frame, and what comes of it.
   *
   * @param from port that it is sent to
   * @param to port at which something must come out
   * @param comesOut what must come out
   */
  public record Passage(
      PortAddress from, byte[] frame, PortAddress to, Predicate<byte[]> comesOut) {}

  @TempDir private Path directory;
  private TestCompute compute;
  private EmulatorConnector connector;

  protected abstract EmulatorConnector connector(ResourceAdapter adapter);

  /** What nodes of this kind cannot do. */
  protected abstract Set<Behaviour> lacks();

  /** A body that creates a node, which {@link #passages} will use. */
  protected abstract JsonObject settings(String name);

  /** Frames both ways through a node that runs. */
  protected abstract List<Passage> passages();

  /** What is typed at the console and part of the answer; for those that have one. */
  protected Map.Entry<String, String> conversation() {
    throw new UnsupportedOperationException("has a console but says nothing of it");
  }

  protected final boolean has(Behaviour behaviour) {
    return !lacks().contains(behaviour);
  }

  @BeforeEach
  final void openCompute() {
    useCompute(TestCompute.roomy());
  }

  private void useCompute(TestCompute.Ports ports) {
    if (compute != null) {
      compute.close();
    }
    compute = TestCompute.open(directory, ports);
    connector = connector(compute.adapter());
    assumeTrue(connector.unavailable().isEmpty(), () -> connector.unavailable().orElse(""));
  }

  @AfterEach
  final void nothingStaysTaken() {
    try {
      assertEquals(Set.of(), Set.copyOf(compute.adapter().consolePorts().leased()));
      assertEquals(Set.of(), Set.copyOf(compute.adapter().udpPorts().leased()));
    } finally {
      compute.close();
    }
  }

  private EmulatedNode create(String name) {
    return connector.create(compute.site(name), settings(name));
  }

  private static String status(EmulatedNode node) {
    return node.describe().getString("status");
  }

  private static ErrorCode refusal(Runnable request) {
    return assertThrows(LabException.class, request::run).code();
  }

  private UdpPeer plug(EmulatedNode node, PortAddress port) {
    UdpPeer peer = new UdpPeer(compute.adapter().udpPorts().lease());
    node.attach(port, peer.nio());
    return peer;
  }

  /** Plugs in what the passages need. */
  private Map<PortAddress, UdpPeer> plugAll(EmulatedNode node) {
    Map<PortAddress, UdpPeer> peers = new java.util.LinkedHashMap<>();
    for (Passage passage : passages()) {
      peers.computeIfAbsent(passage.from(), port -> plug(node, port));
      peers.computeIfAbsent(passage.to(), port -> plug(node, port));
    }
    return peers;
  }

  private void assertFramesPass(Map<PortAddress, UdpPeer> peers) {
    for (Passage passage : passages()) {
      peers
          .get(passage.from())
          .sendUntil(passage.frame(), peers.get(passage.to()), passage.comesOut());
    }
  }

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
      assertEquals(has(Behaviour.CONSOLE), shown.containsKey("console"));
      assertEquals(List.of(), compute.events().statuses(), "a creation tells nothing");
    }
  }

  @Test
  void startAndStopMayBeRepeated() {
    try (EmulatedNode node = create("N1")) {
      node.start();
      node.start();
      assertEquals("started", status(node));
      node.reload();
      assertEquals("started", status(node));
      node.suspend();
      node.stop();
      node.stop();
      if (has(Behaviour.START_AND_STOP)) {
        assertEquals("stopped", status(node));
        assertEquals(
            List.of("started", "stopped", "started", "stopped"), compute.events().statuses());
        compute.events().forget();
        node.reload();
        assertEquals(List.of("started"), compute.events().statuses(), "it did not run before");
      } else {
        assertTrue(node.kind().has(Trait.ALWAYS_ON));
        assertEquals("started", status(node));
        assertEquals(List.of(), compute.events().statuses(), "nothing has changed");
      }
    }
  }

  @Test
  void framesPassBothWays() {
    try (EmulatedNode node = create("N1")) {
      Map<PortAddress, UdpPeer> peers = plugAll(node);
      node.start();
      assertFramesPass(peers);
      peers.values().forEach(UdpPeer::close);
    }
  }

  @Test
  void linksMayComeAndGoWhileItRuns() {
    try (EmulatedNode node = create("N1")) {
      node.start();
      Map<PortAddress, UdpPeer> first = plugAll(node);
      assertFramesPass(first);
      first.keySet().forEach(node::detach);
      first.values().forEach(UdpPeer::close);
      Map<PortAddress, UdpPeer> second = plugAll(node);
      assertFramesPass(second);
      second.values().forEach(UdpPeer::close);
    }
  }

  @Test
  void wrongPortsAndLinksAreRefused() {
    try (EmulatedNode node = create("N1")) {
      PortAddress port = passages().getFirst().from();
      assertEquals(ErrorCode.CONFLICT, refusal(() -> node.detach(port)), "nothing is plugged in");
      assertEquals(
          ErrorCode.CONFLICT, refusal(() -> node.attach(port, new Nio.Other("nio_vde", SILENCE))));
      UdpPeer peer = plug(node, port);
      UdpPeer other = new UdpPeer(compute.adapter().udpPorts().lease());
      if (has(Behaviour.ONE_LINK_PER_PORT)) {
        assertEquals(ErrorCode.CONFLICT, refusal(() -> node.attach(port, other.nio())));
        compute.adapter().udpPorts().release(other.nio().localPort());
      } else {
        node.attach(port, other.nio());
      }
      UdpPeer astray = new UdpPeer(compute.adapter().udpPorts().lease());
      if (has(Behaviour.FIXED_PORTS)) {
        assertEquals(ErrorCode.CONFLICT, refusal(() -> node.attach(NO_PORT, astray.nio())));
        compute.adapter().udpPorts().release(astray.nio().localPort());
      } else {
        node.attach(NO_PORT, astray.nio());
      }
      for (UdpPeer open : List.of(peer, other, astray)) {
        open.close();
      }
    }
  }

  @Test
  void filtersChangeWhileFramesPass() {
    try (EmulatedNode node = create("N1")) {
      Map<PortAddress, UdpPeer> peers = plugAll(node);
      node.start();
      assertEquals(has(Behaviour.FILTERS), node.kind().has(Trait.LINK_SETTINGS));
      Passage passage = passages().getFirst();
      UdpPeer peer = peers.get(passage.to());
      LinkSettings nonsense = filter("nonsense", 1);
      if (has(Behaviour.FILTERS)) {
        assertFramesPass(peers);
        assertEquals(
            ErrorCode.CONFLICT, refusal(() -> node.change(passage.to(), peer.nio(nonsense))));
        node.change(passage.to(), peer.nio(filter("frequency_drop", -1)));
        peer.drain();
        peers.get(passage.from()).send(passage.frame());
        node.change(passage.to(), peer.nio());
        assertFramesPass(peers);
      } else {
        assertEquals(
            ErrorCode.NOT_FOUND, refusal(() -> node.change(passage.to(), peer.nio(nonsense))));
        assertFramesPass(peers);
      }
      peers.values().forEach(UdpPeer::close);
    }
  }

  private static LinkSettings filter(String name, int value) {
    return new LinkSettings(false, Map.of(name, Json.createArrayBuilder().add(value).build()));
  }

  @Test
  void captureRecordsWhatPasses() throws Exception {
    try (EmulatedNode node = create("N1")) {
      Map<PortAddress, UdpPeer> peers = plugAll(node);
      CaptureContract.recorded(node, passages().getFirst().to(), () -> assertFramesPass(peers));
      peers.values().forEach(UdpPeer::close);
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
      if (has(Behaviour.PROCESS)) {
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
      List<ProcessHandle> family = ProcessContract.of(node.describe().getString("command_line"));
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
      List<ProcessHandle> family = ProcessContract.of(node.describe().getString("command_line"));
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
      try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
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
