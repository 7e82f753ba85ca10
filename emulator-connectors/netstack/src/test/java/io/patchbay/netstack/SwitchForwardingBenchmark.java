package io.patchbay.netstack;

import io.patchbay.netstack.device.EthernetSwitch;
import io.patchbay.netstack.device.SwitchPort;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.netstack.link.Patch;
import io.patchbay.netstack.wire.FrameBuffer;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Frames per second through UDP, an Ethernet switch and UDP again.
 *
 * <p>A few hundred frames go round for ever: out of the switch by one tunnel, back by the other. So
 * no sender of the test's own sets the pace; the far ends of both tunnels belong to the same
 * netstack, and each frame counted stands for two datagrams sent and two received.
 *
 * <p>Not part of the tests. To run it, in this module's directory:
 *
 * <pre>
 * mvn -B -q clean test-compile -Dmaven.compiler.proc=full
 * mvn -B -q dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp target/test-classes:target/classes:$(cat target/classpath) org.openjdk.jmh.Main
 * </pre>
 *
 * <p>The {@code java} of the last line is a JDK 25.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SwitchForwardingBenchmark {
  private static final int FRAMES = 10_000;
  private static final int ROUND = 256;
  private static final long STALLED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Which implementation moves the frames. */
  @Param({"LINUX", "PORTABLE"})
  public NetstackConfig.Io io;

  /** Octets of a frame. */
  @Param({"60", "1514"})
  public int length;

  private Netstack netstack;
  private LinkEnd entry;
  private LinkEnd source;

  /** Builds the ring and sets frames going. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    netstack = Netstack.open(new NetstackConfig(1, io));
    InetSocketAddress[] addresses = freeAddresses();
    entry = netstack.openUdp(addresses[0], addresses[1]);
    source = netstack.openUdp(addresses[1], addresses[0]);
    LinkEnd exit = netstack.openUdp(addresses[2], addresses[3]);
    LinkEnd sink = netstack.openUdp(addresses[3], addresses[2]);
    EthernetSwitch device = new EthernetSwitch();
    SwitchPort access = new SwitchPort(SwitchPort.Mode.ACCESS, 1);
    device.configure(Map.of(0, access, 1, access));
    device.attach(0, entry);
    device.attach(1, exit);
    Patch.join(sink, source);
    inject();
  }

  /** Ends it. */
  @TearDown(Level.Trial)
  public void close() {
    netstack.close();
  }

  private static InetSocketAddress[] freeAddresses() throws IOException {
    InetSocketAddress[] addresses = new InetSocketAddress[4];
    DatagramSocket[] sockets = new DatagramSocket[addresses.length];
    for (int i = 0; i < sockets.length; i++) {
      sockets[i] = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      addresses[i] = (InetSocketAddress) sockets[i].getLocalSocketAddress();
    }
    for (DatagramSocket socket : sockets) {
      socket.close();
    }
    return addresses;
  }

  private void inject() {
    FrameBuffer buffer = new FrameBuffer();
    for (int i = 0; i < ROUND; i++) {
      source.send(buffer.fill(TestFrames.numbered(length, i)));
    }
  }

  /** Waits until so many frames have entered the switch. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public long udpSwitchUdp() {
    long last = entry.counters().received();
    long goal = last + FRAMES;
    long moved = System.nanoTime();
    while (last < goal) {
      LockSupport.parkNanos(50_000);
      long now = entry.counters().received();
      if (now > last) {
        moved = System.nanoTime();
        last = now;
      } else if (System.nanoTime() - moved > STALLED_NANOS) {
        // UDP may lose frames, and with the last one the ring would stand still.
        inject();
        moved = System.nanoTime();
      }
    }
    return last;
  }
}
