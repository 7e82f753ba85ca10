package io.patchbay.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LinkSettings;
import io.patchbay.spi.Nio;
import io.patchbay.spi.NodeKind.Trait;
import io.patchbay.spi.PortAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What links do at the ports of nodes: they carry frames, filter them and have them recorded. */
public abstract class LinkContract extends LifeContract {
  private static final PortAddress NO_PORT = new PortAddress(0, 99);
  private static final int MANY = 20;
  static final LinkSettings DROP_ALL = filter("frequency_drop", -1);

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
        for (LinkSettings nothing :
            List.of(DROP_ALL, new LinkSettings(true, Map.of()), filter("packet_loss", 100))) {
          node.change(passage.to(), peer.nio(nothing));
          assertNoFramePasses(peers);
          node.change(passage.to(), peer.nio());
          assertFramesPass(peers);
        }
        node.change(passage.to(), peer.nio(filter("delay", 1)));
        assertFramesPass(peers);
      } else {
        assertEquals(
            ErrorCode.NOT_FOUND, refusal(() -> node.change(passage.to(), peer.nio(nonsense))));
        assertFramesPass(peers);
      }
      peers.values().forEach(UdpPeer::close);
    }
  }

  /** Tries until what was on its way before has come, and nothing comes of what is sent. */
  final void assertNoFramePasses(Map<PortAddress, UdpPeer> peers) {
    Passage passage = passages().getFirst();
    UdpPeer receiver = peers.get(passage.to());
    Deadline.await(
        "that no frame passes",
        () -> {
          receiver.drain();
          for (int i = 0; i < MANY; i++) {
            peers.get(passage.from()).send(passage.frame());
          }
          return receiver.isQuiet(passage.comesOut());
        });
  }

  static LinkSettings filter(String name, int value) {
    return new LinkSettings(false, Map.of(name, Json.createArrayBuilder().add(value).build()));
  }

  @Test
  void captureRecordsWhatPasses() throws Exception {
    try (EmulatedNode node = create("N1")) {
      Map<PortAddress, UdpPeer> peers = plugAll(node);
      CaptureContract.recorded(
          node, passages().getFirst().to(), captures(), () -> assertFramesPass(peers));
      peers.values().forEach(UdpPeer::close);
    }
  }
}
