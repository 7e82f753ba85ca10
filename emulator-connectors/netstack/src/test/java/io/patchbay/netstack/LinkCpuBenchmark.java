package io.patchbay.netstack;

import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.netstack.link.Patch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Processor time that a link between two emulators takes for each frame: ours, which is one hop,
 * and one of two {@code ubridge} processes in a row, as GNS3 builds it.
 *
 * <p>The same two UDP sockets stand for the emulators; their own time is not counted. So many
 * frames are on their way at once as the window says: 1 is a ping, 32 a busy link.
 *
 * <p>Not part of the tests. To run it, build as for {@link SwitchForwardingBenchmark}, then
 *
 * <pre>
 * java --enable-native-access=ALL-UNNAMED -cp target/test-classes:target/classes \
 *   io.patchbay.netstack.LinkCpuBenchmark [path of ubridge]
 * </pre>
 */
public final class LinkCpuBenchmark {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final int ROUNDS = 5;
  private static final Duration LOST = Duration.ofSeconds(5);
  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1) / 100;

  private interface Subject extends AutoCloseable {
    long processorNanos() throws IOException;

    @Override
    void close() throws IOException;
  }

  private final DatagramSocket sender = new DatagramSocket(0, LOOPBACK);
  private final DatagramSocket receiver = new DatagramSocket(0, LOOPBACK);
  private final int entry = freePort();
  private final int exit = freePort();

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
        try (Subject netstack = benchmark.netstack()) {
          ours = benchmark.measure(netstack, length, window);
        }
        String theirs = "- -";
        if (arguments.length > 0) {
          try (Subject ubridge = benchmark.ubridge(arguments[0])) {
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
  private long measure(Subject subject, int length, int window) throws Exception {
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
                          TestFrames.numbered(length, 1),
                          length,
                          new InetSocketAddress(LOOPBACK, entry));
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

  private Subject netstack() throws IOException {
    Netstack netstack = Netstack.open(new NetstackConfig(0, NetstackConfig.Io.AUTO));
    LinkEnd left = netstack.openUdp(at(entry), at(sender.getLocalPort()));
    LinkEnd right = netstack.openUdp(at(exit), at(receiver.getLocalPort()));
    Patch.join(left, right);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return new Subject() {
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

  private Subject ubridge(String program) throws IOException {
    int left = freePort();
    int right = freePort();
    List<Process> processes = new ArrayList<>();
    processes.add(bridge(program, udp(entry, sender.getLocalPort()), udp(left, right)));
    processes.add(bridge(program, udp(right, left), udp(exit, receiver.getLocalPort())));
    return new Subject() {
      @Override
      public long processorNanos() throws IOException {
        long ticks = 0;
        for (Process process : processes) {
          String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
          // After the name in parentheses: utime and stime are the fields 14 and 15, proc(5).
          String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
          ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }
        return ticks * TICK_NANOS;
      }

      @Override
      public void close() {
        processes.forEach(Process::destroyForcibly);
      }
    };
  }

  private static String udp(int local, int remote) {
    return "bridge add_nio_udp b " + local + " 127.0.0.1 " + remote;
  }

  private static Process bridge(String program, String... ends) throws IOException {
    int control = freePort();
    Process process =
        new ProcessBuilder(program, "-H", "127.0.0.1:" + control)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (Socket socket = connect(control);
        PrintWriter out =
            new PrintWriter(socket.getOutputStream(), true, StandardCharsets.US_ASCII);
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String command : List.of("bridge create b", ends[0], ends[1], "bridge start b")) {
        out.println(command);
        String answer = in.readLine();
        if (answer == null || !answer.startsWith("100-")) {
          throw new IOException("ubridge answered " + answer + " to " + command);
        }
      }
    }
    return process;
  }

  private static Socket connect(int port) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return new Socket(LOOPBACK, port);
      } catch (IOException notYet) {
        if (attempt == 50) {
          throw notYet;
        }
        try {
          Thread.sleep(20);
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
    }
  }

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(LOOPBACK, port);
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
      return socket.getLocalPort();
    }
  }
}
