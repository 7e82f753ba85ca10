package io.patchbay.emulators.link;

import io.patchbay.testkit.TestGuest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A guest of QEMU's with one network card, whose shell is told what to do. */
final class BenchGuest implements AutoCloseable {
  private static final int BUFFER = 4096;

  private final Process process;
  private final StringBuilder output = new StringBuilder();

  /**
   * @param remote the UDP port that takes the frames of its card
   */
  BenchGuest(Path qemu, String address, int local, int remote) throws IOException {
    String netdev =
        "dgram,id=net0,local.type=inet,local.host=127.0.0.1,local.port=%d,".formatted(local)
            + "remote.type=inet,remote.host=127.0.0.1,remote.port=%d".formatted(remote);
    process =
        new ProcessBuilder(
                List.of(
                    qemu.toString(),
                    "-m",
                    "256",
                    "-nodefaults",
                    "-display",
                    "none",
                    "-serial",
                    "stdio",
                    "-kernel",
                    TestGuest.kernel().toString(),
                    "-initrd",
                    TestGuest.initrd().toString(),
                    "-append",
                    "console=ttyS0 quiet patchbay.ip=" + address + "/24",
                    "-netdev",
                    netdev,
                    "-device",
                    // Its own address, made of the port: the default is the same for all.
                    "virtio-net-pci,netdev=net0,mac=52:54:00:00:%02x:%02x"
                        .formatted(local >> 8 & 0xff, local & 0xff)))
            .redirectErrorStream(true)
            .start();
    Thread.ofVirtual().start(this::read);
  }

  private void read() {
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = process.getInputStream()) {
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        synchronized (output) {
          output.append(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
          output.notifyAll();
        }
      }
    } catch (IOException ended) {
      // With the process.
    }
  }

  /** Waits until the console shows a text, however long, and forgets what it has shown so far. */
  void await(String text) throws InterruptedException {
    synchronized (output) {
      while (output.indexOf(text) < 0) {
        output.wait();
      }
      output.setLength(0);
    }
  }

  void type(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    process.getOutputStream().flush();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
