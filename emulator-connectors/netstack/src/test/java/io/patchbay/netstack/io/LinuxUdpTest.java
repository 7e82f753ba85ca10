package io.patchbay.netstack.io;

import io.patchbay.netstack.Await;
import io.patchbay.netstack.Netstack;
import io.patchbay.netstack.NetstackConfig;
import io.patchbay.netstack.link.LinkEnd;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class LinuxUdpTest extends UdpContract {
  LinuxUdpTest() {
    super(NetstackConfig.Io.LINUX);
  }

  @Test
  void thePortOfAClosedEndBecomesFree() throws IOException {
    InetSocketAddress local;
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      local = (InetSocketAddress) socket.getLocalSocketAddress();
    }
    try (Netstack netstack = Netstack.open(new NetstackConfig(2, NetstackConfig.Io.LINUX))) {
      LinkEnd end = netstack.openUdp(local, local);
      end.close();
      Await.until("the port is free", () -> canBind(local));
    }
  }

  private static boolean canBind(InetSocketAddress address) {
    try (DatagramSocket socket = new DatagramSocket(address)) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
