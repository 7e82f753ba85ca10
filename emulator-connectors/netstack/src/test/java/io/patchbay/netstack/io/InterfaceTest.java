package io.patchbay.netstack.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.netstack.Await;
import io.patchbay.netstack.Netstack;
import io.patchbay.netstack.NetstackConfig;
import io.patchbay.netstack.TestFrames;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.netstack.wire.FrameBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With both ends of a virtual cable; skipped where none can be made. */
class InterfaceTest {
  private static final String ONE = "pbtest1";
  private static final String TWO = "pbtest2";

  private final Netstack netstack = Netstack.open(new NetstackConfig(2, NetstackConfig.Io.AUTO));

  @BeforeEach
  void plug() throws Exception {
    run("ip", "link", "del", ONE);
    assumeTrue(
        netstack.implementation() == NetstackConfig.Io.LINUX
            && run("ip", "link", "add", ONE, "type", "veth", "peer", "name", TWO) == 0
            && run("ip", "link", "set", ONE, "up") == 0
            && run("ip", "link", "set", TWO, "up") == 0,
        "virtual cables cannot be made here");
    // Until then the kernel drops what is sent.
    Await.until("the cable carries frames", () -> isUp(ONE) && isUp(TWO));
  }

  private static boolean isUp(String device) {
    try {
      return Files.readString(Path.of("/sys/class/net", device, "operstate")).strip().equals("up");
    } catch (IOException gone) {
      return false;
    }
  }

  @AfterEach
  void close() throws Exception {
    netstack.close();
    run("ip", "link", "del", ONE);
  }

  private static int run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException notInstalled) {
      return -1;
    }
  }

  private static List<byte[]> received(LinkEnd end) {
    List<byte[]> frames = new CopyOnWriteArrayList<>();
    end.receiver(frame -> frames.add(frame.toBytes()));
    return frames;
  }

  private static void awaitOne(List<byte[]> frames, byte[] wanted) {
    Await.until(
        "the frame has come", () -> frames.stream().anyMatch(one -> Arrays.equals(one, wanted)));
  }

  private static long count(List<byte[]> frames, byte[] wanted) {
    return frames.stream().filter(one -> Arrays.equals(one, wanted)).count();
  }

  @Test
  void framesForAnybodyPassBothWays() throws Exception {
    try (LinkEnd one = netstack.openInterface(ONE, true);
        LinkEnd two = netstack.openInterface(TWO, true)) {
      List<byte[]> atOne = received(one);
      List<byte[]> atTwo = received(two);
      byte[] there = TestFrames.frame(TestFrames.BOB, TestFrames.ALICE);
      byte[] back = TestFrames.frame(TestFrames.ALICE, TestFrames.BOB);
      one.send(new FrameBuffer().fill(there));
      awaitOne(atTwo, there);
      two.send(new FrameBuffer().fill(back));
      awaitOne(atOne, back);
      assertEquals(1, count(atTwo, there));
      assertEquals(0, count(atOne, there), "what it sends does not come back");
      assertEquals(1, one.counters().sent());
    }
  }

  @Test
  void tagsStayInTheirFrames() throws Exception {
    try (LinkEnd one = netstack.openInterface(ONE, false);
        LinkEnd two = netstack.openInterface(TWO, false)) {
      List<byte[]> atTwo = received(two);
      for (int type : new int[] {0x8100, 0x88a8}) {
        byte[] tagged = TestFrames.frame(TestFrames.BOB, TestFrames.ALICE, type, 0x6123);
        one.send(new FrameBuffer().fill(tagged));
        awaitOne(atTwo, tagged);
      }
      byte[] plain = TestFrames.frame(TestFrames.BOB, TestFrames.ALICE);
      one.send(new FrameBuffer().fill(plain));
      awaitOne(atTwo, plain);
    }
  }

  @Test
  void whatTheHostSendsComesIfItIsWanted() throws Exception {
    try (LinkEnd with = netstack.openInterface(ONE, true);
        LinkEnd without = netstack.openInterface(ONE, false);
        LinkEnd other = netstack.openInterface(ONE, false)) {
      List<byte[]> all = received(with);
      List<byte[]> incoming = received(without);
      byte[] frame = TestFrames.frame(TestFrames.BOB, TestFrames.ALICE);
      // For the others this is somebody of this host.
      other.send(new FrameBuffer().fill(frame));
      awaitOne(all, frame);
      assertEquals(0, count(incoming, frame));
    }
  }

  @Test
  void anInterfaceThatGoesIsNoTrouble() throws Exception {
    try (LinkEnd one = netstack.openInterface(ONE, true)) {
      assertEquals(0, run("ip", "link", "del", ONE));
      one.send(new FrameBuffer().fill(TestFrames.frame(TestFrames.BOB, TestFrames.ALICE)));
      Await.until("the frame is counted", () -> one.counters().dropped() > 0);
    }
  }

  @Test
  void saysWhyAnInterfaceCannotBeUsed() {
    IOException missing =
        assertThrows(IOException.class, () -> netstack.openInterface("pbtest9", true));
    assertTrue(missing.getMessage().contains("no network interface pbtest9"));
    for (String name : new String[] {"", "a/b", "%d", "muchtoolongforone", "a b"}) {
      assertThrows(IOException.class, () -> netstack.openInterface(name, true), name);
    }
  }
}
