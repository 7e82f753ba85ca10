package io.patchbay.emulators.link;

import io.patchbay.netstack.Netstack;
import io.patchbay.netstack.NetstackConfig;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.netstack.link.Patch;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** What frames pass between the UDP ports of two emulators, for benchmarks. */
interface FramePath extends AutoCloseable {
  InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  /** The processor time that it has taken since it was opened. */
  long processorNanos() throws IOException;

  @Override
  void close();

  /**
   * The UDP ports of a path.
   *
   * @param entry where the first emulator sends to
   * @param first the port of the first emulator
   * @param exit where the second emulator sends to
   * @param second the port of the second emulator
   */
  record Ports(int entry, int first, int exit, int second) {
    /** Between two emulators whose ports are known, by two that are free. */
    static Ports between(int first, int second) throws IOException {
      return new Ports(freePort(), first, freePort(), second);
    }
  }

  /** Ours: one hop. */
  static FramePath netstack(Ports ports) throws IOException {
    Netstack netstack = Netstack.open(new NetstackConfig(0, NetstackConfig.Io.AUTO));
    LinkEnd left = netstack.openUdp(at(ports.entry()), at(ports.first()));
    LinkEnd right = netstack.openUdp(at(ports.exit()), at(ports.second()));
    Patch.join(left, right);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return new FramePath() {
      @Override
      public long processorNanos() {
        long sum = 0;
        for (long id : threads.getAllThreadIds()) {
          if (threads.getThreadInfo(id).getThreadName().startsWith("netstack-")) {
            sum += threads.getThreadCpuTime(id);
          }
        }
        return sum;
      }

      @Override
      public void close() {
        netstack.close();
      }
    };
  }

  /** GNS3's: a {@code ubridge} process for each of the emulators. */
  static FramePath ubridges(Path program, Ports ports) throws IOException {
    return Ubridge.two(program, ports);
  }

  static int freePort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
      return socket.getLocalPort();
    }
  }

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(LOOPBACK, port);
  }
}
