package io.patchbay.emulators.dynamips;

import static io.patchbay.testkit.Nodes.terminal;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.patchbay.runtime.DynamipsConfig;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.PortAddress;
import io.patchbay.testkit.Frames;
import io.patchbay.testkit.TelnetClient;
import io.patchbay.testkit.UdpPeer;
import io.patchbay.testkit.router.RouterImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Routers that run in one process. */
abstract class SharedHypervisorLab extends RouterLab {
  /** Room for three of the routers, which have 64 MB each. */
  private static final DynamipsConfig SHARED = new DynamipsConfig("dynamips", true, true, 200);

  static final PortAddress PORT = new PortAddress(0, 0);

  private final List<UdpPeer> peers = new ArrayList<>();

  @Override
  final DynamipsConfig dynamips() {
    return SHARED;
  }

  @AfterEach
  final void noFilesStay() throws IOException {
    peers.forEach(UdpPeer::close);
    Path files = directory.resolve("project-files/dynamips");
    try (var all = Files.list(files)) {
      assertEquals(List.of(), all.filter(Files::isRegularFile).toList(), "logs and ghosts");
    }
  }

  final EmulatedNode create(String name) {
    return create(TestRouter.settings(name));
  }

  final UdpPeer plug(EmulatedNode node) {
    UdpPeer peer = new UdpPeer(compute.adapter().udpPorts().lease());
    node.attach(PORT, peer.nio());
    peers.add(peer);
    return peer;
  }

  static void assertEchoes(UdpPeer peer) {
    byte[] frame = Frames.ip("02:00:00:00:00:02", "02:00:00:00:00:01", "there and back");
    byte[] marked = frame.clone();
    marked[14] = RouterImage.MARK;
    peer.sendUntil(frame, peer, back -> Arrays.equals(back, marked));
  }

  static void assertTalks(EmulatedNode node) {
    try (TelnetClient terminal = terminal(node)) {
      terminal.ask("say so", "SAY SO");
    }
  }

  final ProcessHandle onlyProcess() {
    assertEquals(1, processes().size());
    return processes().getFirst();
  }
}
