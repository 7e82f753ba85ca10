package io.patchbay.emulators.vm;

import static io.patchbay.testkit.Nodes.change;
import static io.patchbay.testkit.Nodes.refusal;
import static io.patchbay.testkit.Nodes.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.MachineSource;
import io.patchbay.spi.NodeSite;
import io.patchbay.spi.PortAddress;
import io.patchbay.testkit.StandIn;
import io.patchbay.testkit.UdpPeer;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What nodes do whose machines belong to another program, whichever that is; see {@link VmLab}. */
public interface VmContract {
  /**
   * Versions of the program.
   *
   * @param complaint about the one that is too old
   */
  record Versions(String tooOld, String complaint, List<String> good) {}

  JsonObjectBuilder settings(String name);

  EmulatedNode node(JsonObjectBuilder settings);

  StandIn tool();

  UdpPeer peer();

  NodeSite site(String name);

  boolean isCalled(String words);

  void assertPasses(UdpPeer peer);

  /** One that uses another program. */
  EmulatorConnector connector(String program);

  Versions versions();

  /** In what is told the program to let the guest shut down. */
  String shutDownCall();

  /** In what is told it to cut the power. */
  String powerOffCall();

  /** Makes a machine whose adapter leads elsewhere, such as to the host's network. */
  void makeConnected(String name);

  /** Makes a machine with more memory than any server has left, a hundred million MB. */
  void makeLarge(String name) throws IOException;

  /** What the node has told. */
  List<String> logs();

  /** Where the adapter of a machine leads, in the program's words. */
  String attachment(String name) throws IOException;

  @Test
  default void aMachineIsForOneNodeAlone() {
    EmulatedNode first = node(settings("R1"));
    assertTrue(refusal(() -> node(settings("R1"))).contains("one node alone"));
    first.close();
    node(settings("R1")).close();
  }

  @Test
  default void shutdownSignalLetsTheGuestShutDown() {
    try (EmulatedNode node = node(settings("R1").add("on_close", "shutdown_signal"))) {
      node.start();
      node.suspend();
      node.stop();
      assertEquals("stopped", status(node));
      assertTrue(isCalled(shutDownCall()));
      assertFalse(isCalled(powerOffCall()));
      tool().trick("deaf");
      node.start();
      node.stop();
      assertEquals("stopped", status(node));
      assertTrue(isCalled(powerOffCall()), "its power is cut in the end");
    }
  }

  @Test
  default void adaptersThatLeadElsewhereAreLeftAloneUnlessAllMayBeUsed() throws IOException {
    makeConnected("R1");
    String elsewhere = attachment("R1");
    UdpPeer peer = peer();
    PortAddress port = new PortAddress(0, 0);
    try (EmulatedNode node = node(settings("R1").add("use_any_adapter", false))) {
      assertTrue(refusal(() -> node.attach(port, peer.nio())).contains("any adapter"));
      node.start();
      assertEquals(elsewhere, attachment("R1"));
      node.stop();
      node.update(change("use_any_adapter", true));
      node.attach(port, peer.nio());
      node.start();
      assertNotEquals(elsewhere, attachment("R1"));
      assertPasses(peer);
    }
    peer.close();
  }

  @Test
  default void aMachineThatIsLargerThanTheServerIsToldOf() throws IOException {
    makeLarge("R1");
    try (EmulatedNode node = node(settings("R1"))) {
      node.start();
      assertTrue(
          logs().stream().anyMatch(log -> log.startsWith("R1: The machine has 100000000 MB")),
          logs()::toString);
    }
  }

  @Test
  default void programsThatAreMissingOldOrNotItAreTold() {
    String program = tool().program().toString();
    EmulatorConnector missing = connector("/no/such/program");
    assertTrue(missing.unavailable().orElseThrow().contains("not found"));
    tool().write("version", versions().tooOld());
    assertTrue(connector(program).unavailable().orElseThrow().contains(versions().complaint()));
    tool().write("version", "what version?");
    assertTrue(
        connector(program).unavailable().orElseThrow().contains("does not tell its version"));
    for (String good : versions().good()) {
      tool().write("version", good);
      assertTrue(connector(program).unavailable().isEmpty(), good);
    }
    assertTrue(refusal(((MachineSource) missing)::machines).contains("not found"));
    JsonObject body = settings("R1").build();
    assertTrue(refusal(() -> missing.create(site("R1"), body)).contains("not found"));
  }
}
