package io.patchbay.emulators.vm;

import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.NodeSite;
import io.patchbay.spi.PortAddress;
import io.patchbay.testkit.Frames;
import io.patchbay.testkit.NodeLab;
import io.patchbay.testkit.StandIn;
import io.patchbay.testkit.TestCompute;
import io.patchbay.testkit.UdpPeer;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests with nodes whose machines a stand-in for a program has. */
public abstract class VmLab extends NodeLab {
  protected static final PortAddress PORT = new PortAddress(0, 0);

  protected StandIn tool;

  @BeforeEach
  final void openCompute() throws IOException {
    tool = install(Files.createDirectory(directory.resolve("programs")));
    compute = TestCompute.open(directory, TestCompute.roomy());
  }

  @AfterEach
  final void endMachines() {
    tool.end();
  }

  /** Puts the stand-in into a directory of its own. */
  protected abstract StandIn install(Path programs);

  /** What a request says of a node that has the machine of this name, which is made. */
  public abstract JsonObjectBuilder settings(String name);

  public final EmulatedNode node(JsonObjectBuilder settings) {
    return create(settings);
  }

  /** For a node that is made by another connector. */
  public final NodeSite site(String name) {
    return compute.site(name);
  }

  public final StandIn tool() {
    return tool;
  }

  public final UdpPeer peer() {
    return new UdpPeer(compute.adapter().udpPorts().lease());
  }

  public final List<String> logs() {
    return compute.events().logs();
  }

  public final boolean isCalled(String words) {
    return tool.calls().stream().anyMatch(call -> call.contains(words));
  }

  /** Frames reach the machine that the peer is linked to, and come back. */
  public final void assertPasses(UdpPeer peer) {
    peer.sendUntil(
        Frames.arpRequest("02:00:00:00:00:01", "10.77.0.9", StandIn.ADDRESS),
        peer,
        frame -> Frames.isArpReply(frame, StandIn.ADDRESS));
  }
}
