package io.patchbay.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.DataLinkType;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** How the nodes of a connector are made and linked for the tests of {@link ConnectorContract}. */
public abstract class ConnectorFixture {
  static final JsonObject SILENCE =
      Json.createObjectBuilder().add("message", "frames that must not pass").build();

  @TempDir private Path directory;
  TestCompute compute;
  EmulatorConnector connector;

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

  /** The processes of a node that runs, the oldest first. */
  protected List<ProcessHandle> processes(JsonObject node) {
    return NodeProcesses.of(node.getString("command_line"));
  }

  /** What captures at the ports of {@link #passages} say that frames begin with. */
  protected DataLinkType captures() {
    return DataLinkType.EN10MB;
  }

  protected final boolean has(Behaviour behaviour) {
    return !lacks().contains(behaviour);
  }

  @BeforeEach
  final void openCompute() {
    useCompute(TestCompute.roomy());
  }

  final void useCompute(TestCompute.Ports ports) {
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

  protected final EmulatedNode create(String name) {
    return connector.create(compute.site(name), settings(name));
  }

  static String status(EmulatedNode node) {
    return node.describe().getString("status");
  }

  static ErrorCode refusal(Runnable request) {
    return assertThrows(LabException.class, request::run).code();
  }

  final UdpPeer plug(EmulatedNode node, PortAddress port) {
    UdpPeer peer = new UdpPeer(compute.adapter().udpPorts().lease());
    node.attach(port, peer.nio());
    return peer;
  }

  /** Plugs in what the passages need. */
  final Map<PortAddress, UdpPeer> plugAll(EmulatedNode node) {
    Map<PortAddress, UdpPeer> peers = new LinkedHashMap<>();
    for (Passage passage : passages()) {
      peers.computeIfAbsent(passage.from(), port -> plug(node, port));
      peers.computeIfAbsent(passage.to(), port -> plug(node, port));
    }
    return peers;
  }

  final void assertFramesPass(Map<PortAddress, UdpPeer> peers) {
    for (Passage passage : passages()) {
      peers
          .get(passage.from())
          .sendUntil(passage.frame(), peers.get(passage.to()), passage.comesOut());
    }
  }
}
