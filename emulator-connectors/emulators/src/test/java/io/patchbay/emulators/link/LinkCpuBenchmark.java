package io.patchbay.emulators.link;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Processor time that a link between two emulators takes for each frame: ours, which is one hop,
 * and one of two {@code ubridge} processes in a row, as GNS3 builds it.
 *
 * <p>The same two UDP sockets stand for the emulators; their own time is not counted. So many
 * frames are on their way at once as the window says: 1 is a ping, 32 a busy link.
 *
 * <p>Not part of the tests. To run it, build as for {@code ManyPcsBenchmark}, then
 *
 * <pre>
 * java --enable-native-access=ALL-UNNAMED \
 *   -cp target/test-classes:target/classes:$(cat target/classpath) \
 *   io.patchbay.emulators.link.LinkCpuBenchmark [path of ubridge]
 * </pre>
 */
public final class LinkCpuBenchmark {
  private static final int ROUNDS = 5;
  private static final Duration LOST = Duration.ofSeconds(5);

  private final DatagramSocket sender = new DatagramSocket(0, FramePath.LOOPBACK);
  private final DatagramSocket receiver = new DatagramSocket(0, FramePath.LOOPBACK);
  private final FramePath.Ports ports =
      FramePath.Ports.between(sender.getLocalPort(), receiver.getLocalPort());

  private LinkCpuBenchmark() throws IOException {
    receiver.setSoTimeout(200);
  }

  /** Prints a table: nanoseconds of processor time for each frame. */
  public static void main(String[] arguments) throws Exception {
    System.out.println("octets window netstack_ns ubridge_ns ratio");
    for (int length : new int[] {64, 1400}) {
      for (int window : new int[] {1, 32}) {
        LinkCpuBenchmark benchmark = new LinkCpuBenchmark();
        long ours;
        try (FramePath netstack = FramePath.netstack(benchmark.ports)) {
          ours = benchmark.measure(netstack, length, window);
        }
        String theirs = "- -";
        if (arguments.length > 0) {
          try (FramePath ubridge = FramePath.ubridges(Path.of(arguments[0]), benchmark.ports)) {
            long nanos = benchmark.measure(ubridge, length, window);
            theirs = "%d %.2f".formatted(nanos, (double) ours / nanos);
          }
        }
        System.out.println(length + " " + window + " " + ours + " " + theirs);
        benchmark.sender.close();
        benchmark.receiver.close();
      }
    }
  }

  /** The least of some rounds: what else the machine does only ever adds. */
  private long measure(FramePath subject, int length, int window) throws Exception {
    int frames = window == 1 ? 50_000 : 500_000;
    exchange(length, window, frames);
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = subject.processorNanos();
      long arrived = exchange(length, window, frames);
      least = Math.min(least, (subject.processorNanos() - before) / arrived);
    }
    return least;
  }

  private long exchange(int length, int window, int frames) throws Exception {
    Semaphore room = new Semaphore(window);
    Thread source =
        Thread.ofPlatform()
            .start(
                () -> {
                  DatagramPacket frame =
                      new DatagramPacket(
                          new byte[length],
                          length,
                          new InetSocketAddress(FramePath.LOOPBACK, ports.entry()));
                  try {
                    for (int sent = 0; sent < frames; sent++) {
                      // Lost frames never give their places back. A frame that is only late must
                      // not count as lost: each would add one to the window, until they are lost.
                      if (!room.tryAcquire(LOST.toSeconds(), TimeUnit.SECONDS)) {
                        room.release(window - 1);
                      }
                      sender.send(frame);
                    }
                  } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    DatagramPacket frame = new DatagramPacket(new byte[2048], 2048);
    long arrived = 0;
    while (arrived < frames) {
      try {
        receiver.receive(frame);
        arrived++;
        if (room.availablePermits() < window) {
          room.release();
        }
      } catch (SocketTimeoutException lost) {
        if (!source.isAlive()) {
          break;
        }
      }
    }
    source.join();
    return arrived;
  }
}
