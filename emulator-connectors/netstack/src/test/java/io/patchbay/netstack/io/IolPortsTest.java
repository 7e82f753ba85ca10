package io.patchbay.netstack.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.netstack.Netstack;
import io.patchbay.netstack.NetstackConfig;
import io.patchbay.netstack.link.IolPorts;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.netstack.wire.FrameBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two ends that are the other's instance. */
class IolPortsTest {
  private static final byte[] FRAME = "abcdefghijklmnopqrst".getBytes();

  @TempDir private Path directory;
  private Netstack netstack;
  private IolPorts one;
  private IolPorts other;

  @BeforeEach
  void open() throws IOException {
    assumeTrue(LinuxIo.isSupported());
    netstack = Netstack.open(new NetstackConfig(2, NetstackConfig.Io.LINUX));
    one = netstack.openIol(new IolAddress(directory, 700, 3));
    other = netstack.openIol(new IolAddress(directory, 3, 700));
  }

  @AfterEach
  void close() {
    one.close();
    one.close();
    other.close();
    netstack.close();
  }

  private static BlockingQueue<byte[]> heard(LinkEnd end) {
    BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
    end.receiver(frame -> frames.add(frame.toBytes()));
    return frames;
  }

  private static byte[] next(BlockingQueue<byte[]> frames) throws InterruptedException {
    return frames.poll(20, TimeUnit.SECONDS);
  }

  @Test
  void framesComeOutAtTheSamePort() throws Exception {
    for (int bay : new int[] {0, 9, 15}) {
      for (int unit : new int[] {0, 1, 3}) {
        BlockingQueue<byte[]> frames = heard(other.port(bay, unit));
        one.port(bay, unit).send(new FrameBuffer().fill(FRAME));
        assertArrayEquals(FRAME, next(frames));
        assertEquals(1, other.port(bay, unit).counters().received());
      }
    }
    BlockingQueue<byte[]> back = heard(one.port(2, 1));
    byte[] longest = new byte[9000];
    Arrays.fill(longest, (byte) 5);
    other.port(2, 1).send(new FrameBuffer().fill(longest));
    assertArrayEquals(longest, next(back));
  }

  @Test
  void whatFramesGoInto() throws Exception {
    other.close();
    Linux linux = new Linux();
    try (java.lang.foreign.Arena arena = java.lang.foreign.Arena.ofConfined()) {
      int instance = linux.socket(1);
      byte[] path = directory.resolve("3").toString().getBytes();
      var address = arena.allocate(path.length + 3L);
      address.set(java.lang.foreign.ValueLayout.JAVA_BYTE, 0, (byte) 1);
      java.lang.foreign.MemorySegment.copy(
          java.lang.foreign.MemorySegment.ofArray(path), 0, address, 2, path.length);
      assertEquals(0, linux.bind(instance, address));
      one.port(2, 1).send(new FrameBuffer().fill(FRAME));
      var datagram = arena.allocate(100);
      assertEquals(8 + FRAME.length, linux.read(instance, datagram));
      assertEquals(
          "000302bc12120100",
          HexFormat.of()
              .formatHex(datagram.asSlice(0, 8).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE)));
      linux.close(instance);
    }
  }

  /** More than the kernel holds for the other end, which reads them meanwhile. */
  @Test
  void burstsComeOutWholeAndInOrder() throws Exception {
    BlockingQueue<byte[]> frames = heard(other.port(0, 0));
    FrameBuffer buffer = new FrameBuffer();
    for (int i = 0; i < 200; i++) {
      one.port(0, 0).send(buffer.fill(("frame %03d of a burst".formatted(i)).getBytes()));
    }
    for (int i = 0; i < 200; i++) {
      assertEquals("frame %03d of a burst".formatted(i), new String(next(frames)));
    }
    assertEquals(0, one.port(0, 0).counters().dropped());
  }

  @Test
  void nobodyThereIsNoError() {
    other.close();
    assertFalse(Files.exists(directory.resolve("3")));
    one.port(0, 0).send(new FrameBuffer().fill(FRAME));
    assertEquals(1, one.port(0, 0).counters().dropped());
    one.close();
    one.port(0, 0).send(new FrameBuffer().fill(FRAME));
    assertEquals(2, one.port(0, 0).counters().dropped());
  }

  /** The other end may come again under the same number. */
  @Test
  void anotherInstanceTakesItsPlace() throws Exception {
    IolPorts again = netstack.openIol(new IolAddress(directory, 3, 700));
    BlockingQueue<byte[]> frames = heard(again.port(0, 0));
    one.port(0, 0).send(new FrameBuffer().fill(FRAME));
    assertArrayEquals(FRAME, next(frames));
    again.close();
  }

  @Test
  void portsAndPathsThatCannotBeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> one.port(16, 0));
    assertThrows(IllegalArgumentException.class, () -> one.port(0, -1));
    assertThrows(IllegalArgumentException.class, () -> one.port(0, 4));
    Path far = directory.resolve("x".repeat(110));
    IOException refused =
        assertThrows(IOException.class, () -> netstack.openIol(new IolAddress(far, 1, 2)));
    assertTrue(refused.getMessage().contains("too long"), refused.getMessage());
  }
}
