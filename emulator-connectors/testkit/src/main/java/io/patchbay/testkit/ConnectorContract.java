package io.patchbay.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.runtime.survival.NodeState;
import io.patchbay.spi.CaptureRequest;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.Json;
import io.patchbay.spi.Nio;
import io.patchbay.spi.NodeSite;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What every connector must do. A connector's test extends this and says how its nodes are made;
 * whatever they cannot do it must say too, by {@link #lacks}: then this test asserts that they
 * refuse it, so nothing is left out unnoticed.
 */
public abstract class ConnectorContract extends LinkContract {
  /** What was written down is all that a later compute has. */
  @Test
  void itIsTakenUpByTheNextServer() throws IOException {
    NodeSite site = compute.site("N1");
    EmulatedNode node = connector.create(site, settings("N1"));
    compute.adapter().runStates().saveProject(site.projectId(), JsonValue.EMPTY_JSON_OBJECT);
    node.remember();
    if (has(Behaviour.CONSOLE)) {
      node.update(Json.createObjectBuilder().add("console_type", "telnet").build());
    }
    Map<PortAddress, UdpPeer> peers = plugAll(node);
    PortAddress port = passages().getFirst().to();
    node.start();
    Path recording = node.startCapture(port, new CaptureRequest("survival.pcap", captures()));
    assertFramesPass(peers);
    if (has(Behaviour.FILTERS)) {
      node.change(port, peers.get(port).nio(DROP_ALL));
    }
    JsonObject before = node.describe();
    List<ProcessHandle> family = family(before);
    node.release();
    assertTrue(family.stream().allMatch(ProcessHandle::isAlive), "it must outlive the server");

    useCompute(TestCompute.roomy());
    NodeState left = compute.adapter().runStates().load().getFirst().nodes().getFirst();
    try (EmulatedNode next = adopt(left)) {
      assertEquals(before, next.describe());
      assertEquals(family, family(before));
      if (has(Behaviour.FILTERS)) {
        assertNoFramePasses(peers);
        next.change(port, peers.get(port).nio());
      }
      long recorded = Files.size(recording);
      assertFramesPass(peers);
      Deadline.await("more frames in the capture", () -> size(recording) > recorded);
      if (has(Behaviour.CONSOLE)) {
        try (TelnetClient terminal = new TelnetClient(before.getInt("console"))) {
          terminal.ask(conversation().getKey(), conversation().getValue());
        }
      }
    }
    assertEquals(List.of(), compute.adapter().runStates().load().getFirst().nodes());
    Deadline.await("its end", () -> family.stream().noneMatch(ProcessHandle::isAlive));
    peers.values().forEach(UdpPeer::close);
  }

  private List<ProcessHandle> family(JsonObject node) {
    return has(Behaviour.PROCESS) ? processes(node) : List.of();
  }

  /** As a compute does when it starts. */
  private EmulatedNode adopt(NodeState left) {
    EmulatedNode node = connector.create(compute.site(left.nodeId(), "N1"), left.settings());
    left.ports()
        .forEach(
            (port, nio) -> {
              compute.adapter().udpPorts().leaseExactly(((Nio.Udp) nio).localPort());
              node.attach(port, nio);
            });
    left.captures().forEach(node::resumeCapture);
    left.running().ifPresent(node::adopt);
    node.remember();
    return node;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing is adopted that is not there any more. */
  @Test
  void whatEndedMeanwhileIsStopped() {
    if (!has(Behaviour.PROCESS)) {
      return;
    }
    NodeSite site = compute.site("N1");
    EmulatedNode node = connector.create(site, settings("N1"));
    compute.adapter().runStates().saveProject(site.projectId(), JsonValue.EMPTY_JSON_OBJECT);
    node.remember();
    node.start();
    List<ProcessHandle> family = family(node.describe());
    node.release();
    family.forEach(ProcessHandle::destroyForcibly);
    Deadline.await("its end", () -> family.stream().noneMatch(ProcessHandle::isAlive));

    useCompute(TestCompute.roomy());
    NodeState left = compute.adapter().runStates().load().getFirst().nodes().getFirst();
    try (EmulatedNode next = adopt(left)) {
      assertEquals("stopped", status(next));
      next.start();
      assertEquals("started", status(next));
    }
  }
}
