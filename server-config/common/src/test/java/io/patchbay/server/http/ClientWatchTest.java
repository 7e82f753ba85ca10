package io.patchbay.server.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientWatchTest {
  private static final Duration OFTEN = Duration.ofMillis(5);

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void aClientThatLeavesIsNoticed(String address) throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/net/tcp6")), "needs Linux with IPv6");
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral(address))) {
      Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
      Socket accepted = server.accept();
      Connection connection = new Connection(accepted.getLocalPort(), accepted.getPort());
      CountDownLatch released = new CountDownLatch(1);
      assertTrue(connection.isOpen());
      try (ClientWatch _ = new ClientWatch(connection, released::countDown, OFTEN)) {
        assertFalse(released.await(100, TimeUnit.MILLISECONDS), "it has not left");
        client.close();
        assertTrue(released.await(30, TimeUnit.SECONDS));
      } finally {
        client.close();
        accepted.close();
      }
    }
  }

  @Test
  void aConnectionThatCannotBeSeenIsLeftAlone() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    try (ClientWatch _ = new ClientWatch(new Connection(0, 0), released::countDown, OFTEN)) {
      assertFalse(released.await(100, TimeUnit.MILLISECONDS));
    }
  }
}
