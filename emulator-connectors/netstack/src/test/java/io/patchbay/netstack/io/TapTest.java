package io.patchbay.netstack.io;

import static org.junit.jupiter.api.Assertions.assertThrows;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TapTest {
  private static final String DEVICE = "pbtest0";
  private static final Path STATISTICS = Path.of("/sys/class/net", DEVICE, "statistics");

  private final Netstack netstack = Netstack.open(new NetstackConfig(1, NetstackConfig.Io.AUTO));

  @AfterEach
  void close() {
    netstack.close();
  }

  @Test
  void framesReachTheHostAndComeFromIt() throws Exception {
    assumeTrue(
        netstack.implementation() == NetstackConfig.Io.LINUX
            && Files.isWritable(Path.of("/dev/net/tun"))
            && run("ip", "tuntap", "add", "mode", "tap", "name", DEVICE) == 0
            && run("ip", "tuntap", "del", "mode", "tap", "name", DEVICE) == 0,
        "TAP devices cannot be used here");
    AtomicInteger fromHost = new AtomicInteger();
    try (LinkEnd tap = netstack.openTap(DEVICE)) {
      tap.receiver(frame -> fromHost.incrementAndGet());
      assumeTrue(run("ip", "link", "set", DEVICE, "up") == 0, "the device cannot be brought up");
      // The host itself says hello by IPv6, and what is sent from any thread arrives.
      Await.until("the host has sent something", () -> fromHost.get() > 0);
      long before = received();
      tap.send(new FrameBuffer().fill(TestFrames.frame(TestFrames.BROADCAST, TestFrames.ALICE)));
      Await.until("the host has counted the frame", () -> received() > before);
    }
    Await.until("the device is gone", () -> !Files.exists(STATISTICS));
  }

  private static long received() {
    try {
      return Long.parseLong(Files.readString(STATISTICS.resolve("rx_packets")).strip());
    } catch (IOException gone) {
      return -1;
    }
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

  @Test
  void saysWhyADeviceCannotBeUsed() {
    for (String name : new String[] {"", "a/b", "%d", "muchtoolongforone", "a b"}) {
      assertThrows(IOException.class, () -> netstack.openTap(name), name);
    }
  }
}
