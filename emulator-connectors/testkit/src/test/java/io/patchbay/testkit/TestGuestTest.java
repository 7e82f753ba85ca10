package io.patchbay.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.runtime.process.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestGuestTest {
  private static final String QEMU = "qemu-system-x86_64";

  @TempDir private Path directory;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private int booted;

  private record Guest(Process process, TelnetClient console, TelnetClient monitor) {}

  @BeforeEach
  void available() {
    TestGuest.assumeAvailable();
    assumeTrue(Programs.find(QEMU).isPresent(), "needs " + QEMU);
  }

  @AfterEach
  void end() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  private Guest boot(String address, Path here, Path there, String adapter) throws IOException {
    int console = freePort();
    int monitor = freePort();
    List<String> command =
        List.of(
            QEMU,
            "-accel",
            "tcg",
            "-m",
            "128",
            "-display",
            "none",
            "-nodefaults",
            "-kernel",
            TestGuest.kernel().toString(),
            "-initrd",
            TestGuest.initrd().toString(),
            "-append",
            "console=ttyS0 quiet patchbay.ip=" + address,
            "-serial",
            // QEMU waits for whoever connects, so that nothing the guest prints is lost.
            server(console) + ",wait=on",
            "-monitor",
            server(monitor) + ",wait=off",
            "-netdev",
            "dgram,id=n0,local.type=unix,local.path="
                + here
                + ",remote.type=unix,remote.path="
                + there,
            "-device",
            adapter + ",netdev=n0,mac=52:54:00:00:00:0" + booted);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("qemu-" + booted).toFile())
            .start();
    opened.push(process::destroyForcibly);
    booted++;
    return new Guest(process, client(process, console), client(process, monitor));
  }

  private static String server(int port) {
    return "tcp:127.0.0.1:" + port + ",server=on";
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private TelnetClient client(Process process, int port) {
    TelnetClient client =
        Deadline.find(
            "QEMU's port",
            () -> {
              assertTrue(process.isAlive(), "QEMU has ended");
              return TelnetClient.tryConnect(port);
            });
    opened.push(client);
    return client;
  }

  private static void awaitReady(Guest guest) {
    Deadline.await("the guest", () -> guest.console().heard().contains(TestGuest.READY));
  }

  private void assertPing(String adapter) throws IOException {
    Path a = directory.resolve("a");
    Path b = directory.resolve("b");
    Guest first = boot("10.0.0.1/24", a, b, adapter);
    Guest second = boot("10.0.0.2/24", b, a, adapter);
    awaitReady(first);
    awaitReady(second);
    first.console().ask("ping -c 3 10.0.0.2", "3 packets received");
    second.console().ask("whoami", "root");
  }

  private static void assertEnds(Guest guest) {
    Deadline.await("the end of the guest", () -> !guest.process().isAlive());
    assertEquals(0, guest.process().exitValue());
  }

  @Test
  void twoGuestsPingEachOther() throws IOException {
    assertPing("virtio-net-pci");
  }

  @Test
  void powersOffByCommandAndByButton() throws IOException {
    Guest first = boot("10.0.0.1/24", directory.resolve("a"), directory.resolve("b"), "vmxnet3");
    Guest second = boot("", directory.resolve("b"), directory.resolve("a"), "vmxnet3");
    awaitReady(first);
    awaitReady(second);
    first.console().ask("ip addr show dev eth0", "10.0.0.1/24");
    first.console().type("poweroff\n");
    assertEnds(first);
    second.monitor().type("system_powerdown\n");
    assertEnds(second);
  }
}
