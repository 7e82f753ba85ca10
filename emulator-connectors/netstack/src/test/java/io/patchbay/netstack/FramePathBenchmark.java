package io.patchbay.netstack;

import io.patchbay.netstack.bpf.Libpcap;
import io.patchbay.netstack.capture.PcapCapture;
import io.patchbay.netstack.device.EthernetSwitch;
import io.patchbay.netstack.device.SwitchPort;
import io.patchbay.netstack.filter.Bandwidth;
import io.patchbay.netstack.filter.BpfDrop;
import io.patchbay.netstack.filter.Corrupt;
import io.patchbay.netstack.filter.Delay;
import io.patchbay.netstack.filter.FrequencyDrop;
import io.patchbay.netstack.filter.PacketLoss;
import io.patchbay.netstack.link.LinkStage;
import io.patchbay.netstack.link.StagedEnd;
import io.patchbay.netstack.wire.Frame;
import io.patchbay.netstack.wire.FrameBuffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a frame costs inside the process: nanoseconds, and bytes with {@code -prof gc}. Not part of
 * the tests; run it as {@link SwitchForwardingBenchmark} says, with {@code FramePathBenchmark -prof
 * gc} at the end.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FramePathBenchmark {

  /** A switch that knows where everybody is. */
  @State(Scope.Benchmark)
  public static class Switched {
    /** Ports, each with one station. */
    @Param({"4", "64"})
    public int ports;

    private NullEnd[] ends;
    private Frame[] frames;
    private int next;

    /** Wires the switch and lets every station be heard. */
    @Setup(Level.Trial)
    public void wire() {
      EthernetSwitch device = new EthernetSwitch();
      Map<Integer, SwitchPort> settings = new HashMap<>();
      ends = new NullEnd[ports];
      frames = new Frame[ports];
      for (int port = 0; port < ports; port++) {
        settings.put(port, new SwitchPort(SwitchPort.Mode.ACCESS, 1));
      }
      device.configure(settings);
      for (int port = 0; port < ports; port++) {
        ends[port] = new NullEnd();
        device.attach(port, ends[port]);
        frames[port] =
            new FrameBuffer()
                .fill(
                    TestFrames.frame(
                        TestFrames.ALICE + (port + 1) % ports, TestFrames.ALICE + port));
      }
      for (int port = 0; port < ports; port++) {
        ends[port].arrive(frames[port]);
      }
    }

    void forward() {
      next = next + 1 == ports ? 0 : next + 1;
      ends[next].arrive(frames[next]);
    }
  }

  /** A link with one filter, or none, or a capture. */
  @State(Scope.Benchmark)
  public static class Filtered {
    /** What the link does. */
    @Param({
      "none",
      "frequency_drop",
      "packet_loss",
      "corrupt",
      "bpf",
      "delay",
      "bandwidth",
      "capture"
    })
    public String filter;

    /** Octets of a frame. */
    @Param({"64", "1400"})
    public int length;

    private final StagedEnd end = new StagedEnd(new NullEnd());
    private Frame frame;
    private AutoCloseable capture = () -> {};

    /** Puts the filter in. */
    @Setup(Level.Trial)
    public void open() throws IOException {
      frame = new FrameBuffer().fill(TestFrames.numbered(length, 0));
      end.stages(filter.equals("none") ? List.of() : List.of(stage()));
    }

    private LinkStage stage() throws IOException {
      return switch (filter) {
        case "frequency_drop" -> new FrequencyDrop(1000);
        case "packet_loss" -> new PacketLoss(1);
        case "corrupt" -> new Corrupt(1);
        case "bpf" ->
            new BpfDrop(
                List.of(Libpcap.find().orElseThrow().compile("tcp port 80 or udp port 53")));
        case "delay" -> new Delay(1, 0);
        case "bandwidth" -> new Bandwidth(Bandwidth.MAX_RATE);
        default -> {
          PcapCapture file =
              PcapCapture.begin(
                  Path.of(System.getProperty("java.io.tmpdir"), "FramePathBenchmark.pcap"),
                  PcapCapture.ETHERNET,
                  trouble -> {});
          capture = file;
          yield file;
        }
      };
    }

    /** Ends the capture, if there is one. */
    @TearDown(Level.Trial)
    public void close() throws Exception {
      capture.close();
    }
  }

  /** One frame through the switch. */
  @Benchmark
  public void throughSwitch(Switched lab) {
    lab.forward();
  }

  /** One frame through the link; for a delay this is what the sender pays. */
  @Benchmark
  public void throughLink(Filtered lab) {
    lab.end.send(lab.frame);
  }
}
