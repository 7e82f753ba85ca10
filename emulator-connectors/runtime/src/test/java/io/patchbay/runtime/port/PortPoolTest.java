package io.patchbay.runtime.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.runtime.port.PortPool.Protocol;
import io.patchbay.spi.LabException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortPoolTest {
  private static int freePort() throws Exception {
    try (DatagramSocket socket = new DatagramSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static PortPool pool(int first, int last) {
    return new PortPool(Protocol.UDP, "test", InetAddress.getLoopbackAddress(), first, last);
  }

  @Test
  void aReservedPortIsOnlyForWhoAsksByNumber() throws Exception {
    int port = freePort();
    PortPool pool = pool(port, port);
    pool.reserve(Set.of(port));
    assertThrows(LabException.class, pool::lease);
    assertEquals(OptionalInt.of(port), pool.leaseExactly(port));
    pool.release(port);
    pool.reserve(Set.of());
    assertEquals(port, pool.lease());
  }

  @Test
  void whoseLeaseIsOverCannotGiveAwayThePortOfTheNext() throws Exception {
    int port = freePort();
    PortPool pool = pool(port, port);
    long first = pool.leaseNumber(pool.lease());
    pool.release(port);
    long second = pool.leaseNumber(pool.lease());
    pool.release(port, first);
    assertEquals(Set.of(port), pool.leased());
    pool.release(port, second);
    assertEquals(Set.of(), pool.leased());
  }

  @Test
  void aPortThatItsHolderHasBoundAlreadyIsHeld() throws Exception {
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      int port = socket.getLocalPort();
      PortPool pool = pool(port, port);
      assertTrue(pool.leaseExactly(port).isEmpty());
      assertTrue(pool.hold(port));
      assertFalse(pool.hold(port));
      assertEquals(Set.of(port), pool.leased());
    }
  }
}
