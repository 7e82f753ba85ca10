package io.patchbay.netstack.link;

import static io.patchbay.netstack.TestFrames.number;
import static io.patchbay.netstack.TestFrames.numbered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.patchbay.netstack.Await;
import io.patchbay.netstack.Netstack;
import io.patchbay.netstack.NetstackConfig;
import io.patchbay.netstack.wire.FrameBuffer;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TunnelExchangeTest {
  private static final InetAddress HOST = InetAddress.getLoopbackAddress();

  private final Netstack netstack = Netstack.open(new NetstackConfig(2, NetstackConfig.Io.AUTO));
  private final TunnelExchange exchange = new TunnelExchange(netstack);
  private final FrameBuffer buffer = new FrameBuffer();
  private final Queue<Integer> atLeft = new ConcurrentLinkedQueue<>();
  private final Queue<Integer> atRight = new ConcurrentLinkedQueue<>();
  private int left;
  private int right;

  @BeforeEach
  void choosePorts() throws IOException {
    try (DatagramSocket one = new DatagramSocket();
        DatagramSocket two = new DatagramSocket()) {
      left = one.getLocalPort();
      right = two.getLocalPort();
    }
  }

  @AfterEach
  void close() {
    netstack.close();
  }

  private LinkEnd openLeft() throws IOException {
    return open(left, right, atLeft);
  }

  private LinkEnd openRight() throws IOException {
    return open(right, left, atRight);
  }

  private LinkEnd open(int local, int remote, Queue<Integer> arrived) throws IOException {
    LinkEnd end = exchange.open(local, HOST, remote);
    end.receiver(frame -> arrived.add(number(frame.toBytes())));
    return end;
  }

  private void send(LinkEnd end, int number) {
    end.send(buffer.fill(numbered(60, number)));
  }

  private static void await(Queue<Integer> arrived, int number) {
    Await.until("frame " + number + " has arrived", () -> arrived.contains(number));
  }

  private static boolean isFree(int port) {
    try (DatagramSocket socket = new DatagramSocket(port)) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  @Test
  void anEndAloneGoesByUdp() throws IOException {
    try (DatagramSocket far = new DatagramSocket(new InetSocketAddress(HOST, right))) {
      far.setSoTimeout(5_000);
      LinkEnd end = openLeft();
      send(end, 1);
      far.receive(new DatagramPacket(new byte[100], 100));
      byte[] frame = numbered(60, 2);
      far.send(new DatagramPacket(frame, frame.length, new InetSocketAddress(HOST, left)));
      await(atLeft, 2);
    }
  }

  @Test
  void bothEndsAreJoinedInsideTheProcess() throws IOException {
    LinkEnd one = openLeft();
    LinkEnd two = openRight();
    send(one, 1);
    send(two, 2);
    // On the calling thread, so there is nothing to wait for.
    assertEquals(1, atRight.poll());
    assertEquals(2, atLeft.poll());
    Await.until("the first socket is closed", () -> isFree(left));
  }

  @Test
  void theReceiverMayBeReplacedBeforeAndAfterTheyAreJoined() throws IOException {
    LinkEnd one = exchange.open(left, HOST, right);
    LinkEnd two = exchange.open(right, HOST, left);
    one.receiver(frame -> atLeft.add(1));
    send(two, 0);
    one.receiver(frame -> atLeft.add(2));
    send(two, 0);
    assertEquals(1, atLeft.poll());
    assertEquals(2, atLeft.poll());
  }

  @Test
  void theEndThatIsLeftGoesBackToUdp() throws IOException {
    LinkEnd one = openLeft();
    LinkEnd two = openRight();
    Await.until("the first socket is closed", () -> isFree(left));
    two.close();
    try (DatagramSocket far = new DatagramSocket(new InetSocketAddress(HOST, right))) {
      far.setSoTimeout(5_000);
      send(one, 1);
      far.receive(new DatagramPacket(new byte[100], 100));
      byte[] frame = numbered(60, 2);
      far.send(new DatagramPacket(frame, frame.length, new InetSocketAddress(HOST, left)));
      await(atLeft, 2);
    }
  }

  @Test
  void anEndMayComeBack() throws IOException {
    LinkEnd one = openLeft();
    openRight().close();
    LinkEnd two = openRight();
    send(one, 1);
    send(two, 2);
    await(atRight, 1);
    await(atLeft, 2);
  }

  @Test
  void endsThatDoNotMatchAreNotJoined() throws IOException {
    openLeft();
    LinkEnd other = exchange.open(right, HOST, right == 65535 ? 1024 : right + 1);
    send(other, 1);
    assertEquals(0, atLeft.size());
  }

  @Test
  void aPortCanBeTakenOnce() throws IOException {
    LinkEnd one = openLeft();
    assertThrows(BindException.class, this::openLeft);
    one.close();
    one.close();
    Await.until("the port is free", () -> isFree(left));
    openLeft();
  }

  @Test
  void aClosedEndDropsWhatItIsGiven() throws IOException {
    LinkEnd one = openLeft();
    LinkEnd two = openRight();
    one.close();
    send(one, 1);
    send(two, 2);
    assertEquals(0, atRight.size());
    assertEquals(0, atLeft.size());
  }
}
