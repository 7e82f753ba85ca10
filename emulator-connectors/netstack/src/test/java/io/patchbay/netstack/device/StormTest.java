package io.patchbay.netstack.device;

import static io.patchbay.netstack.TestFrames.ALICE;
import static io.patchbay.netstack.TestFrames.BROADCAST;
import static io.patchbay.netstack.TestFrames.frame;
import static io.patchbay.netstack.TestFrames.numbered;

import io.patchbay.netstack.Await;
import io.patchbay.netstack.Netstack;
import io.patchbay.netstack.NetstackConfig;
import io.patchbay.netstack.device.SwitchPort.Mode;
import io.patchbay.netstack.link.DirectLink;
import io.patchbay.netstack.link.LinkEnd;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two switches that are joined twice: a broadcast goes round for ever. */
class StormTest {
  private static final InetAddress HOST = InetAddress.getLoopbackAddress();
  private static final SwitchPort ACCESS = new SwitchPort(Mode.ACCESS, 1);

  private final EthernetSwitch one = new EthernetSwitch();
  private final EthernetSwitch two = new EthernetSwitch();
  private final AtomicInteger rounds = new AtomicInteger();

  private void joinTwice() {
    one.configure(Map.of(0, ACCESS, 1, ACCESS, 2, ACCESS));
    two.configure(Map.of(1, ACCESS, 2, ACCESS, 3, ACCESS));
    for (int port = 1; port <= 2; port++) {
      DirectLink link = new DirectLink();
      one.attach(port, link.left());
      two.attach(port, link.right());
    }
    DirectLink watched = new DirectLink();
    two.attach(3, watched.left());
    watched.right().receiver(frame -> rounds.incrementAndGet());
  }

  @ParameterizedTest
  @EnumSource(NetstackConfig.Io.class)
  void leavesOtherLinksOfTheLoopAlone(NetstackConfig.Io io) throws IOException {
    joinTwice();
    try (Netstack netstack = Netstack.open(new NetstackConfig(1, io));
        DatagramSocket host = peer();
        DatagramSocket other = peer()) {
      InetSocketAddress toSwitch = freeAddress();
      one.attach(0, netstack.openUdp(toSwitch, address(host)));
      send(host, toSwitch, frame(BROADCAST, ALICE));
      Await.until("the storm rages", () -> rounds.get() > 10_000);

      InetSocketAddress toEcho = freeAddress();
      LinkEnd echo = netstack.openUdp(toEcho, address(other));
      echo.receiver(echo::send);
      for (int i = 0; i < 50; i++) {
        send(other, toEcho, numbered(60, i));
        other.receive(new DatagramPacket(new byte[100], 100));
      }
      int before = rounds.get();
      Await.until("the storm still rages", () -> rounds.get() > before);
    }
  }

  private static DatagramSocket peer() throws IOException {
    DatagramSocket socket = new DatagramSocket(new InetSocketAddress(HOST, 0));
    socket.setSoTimeout(5_000);
    return socket;
  }

  private static InetSocketAddress address(DatagramSocket socket) {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  private static InetSocketAddress freeAddress() throws IOException {
    try (DatagramSocket socket = peer()) {
      return address(socket);
    }
  }

  private static void send(DatagramSocket from, InetSocketAddress to, byte[] content)
      throws IOException {
    from.send(new DatagramPacket(content, content.length, to));
  }
}
