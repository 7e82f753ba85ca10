package io.patchbay.emulators.link;

import io.patchbay.runtime.process.Programs;
import io.patchbay.testkit.TestGuest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * TCP between two guests of QEMU's over one link: how fast, and what processor time the link itself
 * takes for a gigabyte; ours, and two {@code ubridge} processes in a row, as GNS3 builds it. A
 * guest sends zeros with BusyBox's {@code nc}, and the other one counts them.
 *
 * <p>Not part of the tests. To run it, build as for {@code ManyPcsBenchmark}, with the guest's
 * kernel of {@code .ci/guest} in place, then
 *
 * <pre>
 * java --enable-native-access=ALL-UNNAMED \
 *   -cp target/test-classes:target/classes:$(cat target/classpath) \
 *   io.patchbay.emulators.link.GuestLinkBenchmark [path of ubridge]
 * </pre>
 */
public final class GuestLinkBenchmark {
  private static final int ROUNDS = 3;
  private static final int MEGABYTES = 100;
  private static final double GIGABYTE = 1e9;

  private GuestLinkBenchmark() {}

  /** Prints a line for each round. */
  public static void main(String[] arguments) throws Exception {
    System.out.println("path MB/s CPU_s/GB");
    for (int round = 0; round < ROUNDS; round++) {
      FramePath.Ports ports = FramePath.Ports.between(FramePath.freePort(), FramePath.freePort());
      try (FramePath path = FramePath.netstack(ports)) {
        measure("netstack", path, ports);
      }
      if (arguments.length > 0) {
        try (FramePath path = FramePath.ubridges(Path.of(arguments[0]), ports)) {
          measure("ubridge", path, ports);
        }
      }
    }
    System.exit(0);
  }

  private static void measure(String name, FramePath path, FramePath.Ports ports)
      throws IOException, InterruptedException {
    Path qemu = Programs.find("qemu-system-x86_64").orElseThrow();
    try (BenchGuest sender = new BenchGuest(qemu, "10.0.0.1", ports.first(), ports.entry());
        BenchGuest receiver = new BenchGuest(qemu, "10.0.0.2", ports.second(), ports.exit())) {
      sender.await(TestGuest.READY);
      receiver.await(TestGuest.READY);
      transfer(sender, receiver, 10, 1);
      long cpu = path.processorNanos();
      long start = System.nanoTime();
      transfer(sender, receiver, MEGABYTES, 2);
      double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
      double used = (path.processorNanos() - cpu) / (double) TimeUnit.SECONDS.toNanos(1);
      double bytes = MEGABYTES * (double) (1 << 20);
      System.out.printf("%s %.1f %.2f%n", name, bytes / 1e6 / seconds, used / (bytes / GIGABYTE));
    }
  }

  private static void transfer(BenchGuest sender, BenchGuest receiver, int megabytes, int number)
      throws IOException, InterruptedException {
    int port = 5000 + number;
    receiver.type("echo lis''tens; echo got $(nc -l -p " + port + " | wc -c)");
    receiver.await("listens");
    // The listener is there a moment after it was announced.
    sender.type(
        "until dd if=/dev/zero bs=65536 count=%d | nc 10.0.0.2 %d; do :; done"
            .formatted(megabytes * 16, port));
    receiver.await("got " + ((long) megabytes << 20));
  }
}
