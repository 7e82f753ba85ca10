package io.patchbay.netstack.io;

import static io.patchbay.netstack.TestFrames.number;
import static io.patchbay.netstack.TestFrames.numbered;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.netstack.Await;
import io.patchbay.netstack.Netstack;
import io.patchbay.netstack.NetstackConfig;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.netstack.link.Patch;
import io.patchbay.netstack.wire.Frame;
import io.patchbay.netstack.wire.FrameBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What UDP tunnels do, however the frames are moved. */
abstract class UdpContract {
  private final NetstackConfig.Io io;
  private final Netstack netstack;
  private final List<byte[]> arrived = new CopyOnWriteArrayList<>();
  private DatagramSocket far;
  private InetSocketAddress local;
  private LinkEnd end;

  UdpContract(NetstackConfig.Io io) {
    this.io = io;
    netstack = Netstack.open(new NetstackConfig(2, io));
  }

  @BeforeEach
  void openTunnel() throws IOException {
    far = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    far.setSoTimeout(30_000);
    // Room for all that a test sends: on a busy machine nothing may be read before it is sent.
    far.setReceiveBufferSize(1 << 20);
    local = freeAddress(InetAddress.getLoopbackAddress());
    end = netstack.openUdp(local, address(far));
    end.receiver(frame -> arrived.add(frame.toBytes()));
  }

  @AfterEach
  void close() {
    netstack.close();
    far.close();
  }

  private static InetSocketAddress address(DatagramSocket socket) {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  private static InetSocketAddress freeAddress(InetAddress host) throws IOException {
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(host, 0))) {
      return address(socket);
    }
  }

  private static void send(DatagramSocket from, InetSocketAddress to, byte[] content)
      throws IOException {
    from.send(new DatagramPacket(content, content.length, to));
  }

  private byte[] receive() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[20_000], 20_000);
    far.receive(packet);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  private void awaitArrived(int frames) {
    Await.until(frames + " frames have arrived", () -> arrived.size() >= frames);
  }

  /** Recursion without end is an Error that a link's code can cause. */
  private static int endless(int depth) {
    return endless(depth + 1) + 1;
  }

  @ParameterizedTest
  @ValueSource(strings = {"exception", "error", "endless"})
  void oneLinkThatFailsStopsNoOther(String failure) throws IOException {
    List<LinkEnd> failing = new ArrayList<>();
    AtomicInteger failures = new AtomicInteger();
    // One for each event loop.
    for (int i = 0; i < 2; i++) {
      InetSocketAddress at = freeAddress(InetAddress.getLoopbackAddress());
      LinkEnd bad = netstack.openUdp(at, address(far));
      bad.receiver(
          frame -> {
            failures.incrementAndGet();
            switch (failure) {
              case "exception" -> throw new IllegalStateException("wrong");
              case "error" -> throw new AssertionError("wrong");
              default -> endless(0);
            }
          });
      failing.add(bad);
      send(far, at, numbered(60, 1));
    }
    Await.until("both have failed", () -> failures.get() == 2);
    netstack.hostScheduler().execute(() -> endless(0));
    netstack.hostScheduler().execute(() -> endless(0));
    send(far, local, numbered(60, 2));
    awaitArrived(1);
    failing.forEach(LinkEnd::close);
  }

  @Test
  void tellsHowItMovesFrames() {
    assertEquals(io, netstack.implementation());
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 60, 1514, 9018, 9216})
  void aDatagramIsAFrame(int length) throws IOException {
    byte[] frame = numbered(Math.max(length, 18), 7);
    byte[] cut = Arrays.copyOf(frame, length);
    send(far, local, cut);
    awaitArrived(1);
    assertArrayEquals(cut, arrived.getFirst());
    end.send(new FrameBuffer().fill(cut));
    assertArrayEquals(cut, receive());
    assertEquals(1, end.counters().received());
    assertEquals(1, end.counters().sent());
    assertEquals(length, end.counters().receivedBytes());
    assertEquals(length, end.counters().sentBytes());
    assertEquals(0, end.counters().dropped());
  }

  @Test
  void whatIsNoFrameIsDroppedAndCounted() throws IOException {
    send(far, local, new byte[Frame.SHORTEST - 1]);
    send(far, local, new byte[Frame.MAX_LENGTH + 1]);
    send(far, local, new byte[20_000]);
    send(far, local, numbered(60, 1));
    awaitArrived(1);
    assertEquals(1, arrived.size());
    assertEquals(3, end.counters().dropped());
  }

  /** Links are not of Ethernet alone. */
  @Test
  void framesOfSerialLinesMayBeShort() throws IOException {
    byte[] keepAlive = {0x0f, 0x00, 1, 2, 3, 4, 5, 6, 7, 8};
    send(far, local, keepAlive);
    awaitArrived(1);
    assertArrayEquals(keepAlive, arrived.getFirst());
  }

  @Test
  void keepsTheOrderOfABurst() throws IOException {
    for (int i = 0; i < 300; i++) {
      send(far, local, numbered(60, i));
    }
    awaitArrived(300);
    for (int i = 0; i < 300; i++) {
      assertEquals(i, number(arrived.get(i)));
    }
  }

  /** However they are sent together, whoever is at the other side gets one datagram for each. */
  @Test
  void framesOfABatchArriveOneByOne() throws IOException {
    List<Integer> lengths = new ArrayList<>();
    for (int[] run : new int[][] {{60, 10}, {1514, 5}, {100, 1}, {60, 30}, {9000, 10}, {61, 2}}) {
      lengths.addAll(Collections.nCopies(run[1], run[0]));
    }
    netstack
        .hostScheduler()
        .execute(
            () -> {
              FrameBuffer buffer = new FrameBuffer();
              for (int i = 0; i < lengths.size(); i++) {
                end.send(buffer.fill(numbered(lengths.get(i), i)));
              }
            });
    for (int i = 0; i < lengths.size(); i++) {
      assertArrayEquals(numbered(lengths.get(i), i), receive(), "frame " + i);
    }
    Await.until("they are counted", () -> end.counters().sent() == lengths.size());
    assertEquals(lengths.stream().mapToInt(Integer::intValue).sum(), end.counters().sentBytes());
    assertEquals(0, end.counters().dropped());
  }

  @Test
  void dropsDatagramsOfOtherSenders() throws IOException {
    try (DatagramSocket stranger = new DatagramSocket()) {
      send(stranger, local, numbered(60, 1));
    }
    send(far, local, numbered(60, 2));
    awaitArrived(1);
    assertEquals(2, number(arrived.getFirst()));
    assertEquals(1, arrived.size());
  }

  @Test
  void aPortCanBeTakenOnce() {
    assertThrows(BindException.class, () -> netstack.openUdp(local, address(far)));
  }

  @Test
  void aClosedEndIsSilent() {
    end.close();
    end.close();
    end.send(new FrameBuffer().fill(numbered(60, 1)));
    assertEquals(0, end.counters().sent());
    assertEquals(1, end.counters().dropped());
  }

  @Test
  void thatNobodyListensIsNoError() throws IOException {
    InetSocketAddress remote = address(far);
    far.close();
    FrameBuffer buffer = new FrameBuffer();
    Await.until(
        "a refusal is counted",
        () -> {
          end.send(buffer.fill(numbered(60, 1)));
          return end.counters().dropped() > 0;
        });
    try (DatagramSocket back = new DatagramSocket(remote)) {
      Await.until(
          "the tunnel works again",
          () -> {
            try {
              send(back, local, numbered(60, 9));
            } catch (IOException e) {
              return false;
            }
            return !arrived.isEmpty();
          });
    }
  }

  @Test
  void speaksIpv6() throws IOException {
    InetAddress six = InetAddress.getByName("::1");
    try (DatagramSocket peer = new DatagramSocket(new InetSocketAddress(six, 0))) {
      peer.setSoTimeout(30_000);
      InetSocketAddress here = freeAddress(six);
      LinkEnd tunnel = netstack.openUdp(here, address(peer));
      tunnel.receiver(tunnel::send);
      send(peer, here, numbered(60, 5));
      DatagramPacket echo = new DatagramPacket(new byte[100], 100);
      peer.receive(echo);
      assertEquals(60, echo.getLength());
    }
  }

  @Test
  void endsMayBeClosedAndOpenedWhileFramesFlow() throws IOException {
    AtomicBoolean done = new AtomicBoolean();
    InetSocketAddress left = freeAddress(InetAddress.getLoopbackAddress());
    CompletableFuture<Void> traffic =
        CompletableFuture.runAsync(
            () -> {
              byte[] content = numbered(200, 1);
              while (!done.get()) {
                try {
                  send(far, local, content);
                  send(far, left, content);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
            });
    for (int i = 0; i < 100 && !traffic.isDone(); i++) {
      AtomicInteger seen = new AtomicInteger();
      LinkEnd[] opened = new LinkEnd[1];
      Await.until(
          "the port is free",
          () -> {
            try {
              opened[0] = netstack.openUdp(left, address(far));
              return true;
            } catch (IOException taken) {
              return false;
            }
          });
      Patch.join(opened[0], end);
      end.receiver(
          frame -> {
            seen.incrementAndGet();
            opened[0].send(frame);
          });
      Await.until("frames flow", () -> seen.get() > 10);
      opened[0].close();
    }
    done.set(true);
    traffic.join();
    assertTrue(end.counters().sent() > 0);
  }

  @Test
  void mayBeClosedWhileFramesFlowAndTwice() {
    AtomicBoolean done = new AtomicBoolean();
    end.receiver(end::send);
    CompletableFuture<Void> traffic =
        CompletableFuture.runAsync(
            () -> {
              FrameBuffer buffer = new FrameBuffer();
              while (!done.get()) {
                end.send(buffer.fill(numbered(200, 1)));
              }
            });
    Await.until("frames flow", () -> end.counters().sent() > 1_000);
    netstack.close();
    netstack.close();
    done.set(true);
    traffic.join();
  }
}
