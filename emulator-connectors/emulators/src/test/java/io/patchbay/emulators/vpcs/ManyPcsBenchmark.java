package io.patchbay.emulators.vpcs;

import com.sun.management.UnixOperatingSystemMXBean;
import io.patchbay.runtime.DynamipsConfig;
import io.patchbay.runtime.IouConfig;
import io.patchbay.runtime.QemuConfig;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.RuntimeConfig;
import io.patchbay.runtime.VirtualBoxConfig;
import io.patchbay.runtime.VmwareConfig;
import io.patchbay.spi.EmulatedNode;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Many virtual PCs in one compute, each of which pings another one once a second through two
 * switches. Every minute a line tells of losses and of what the process holds.
 *
 * <p>Not part of the tests. To run it, at the top of the project:
 *
 * <pre>
 * mvn -B -q package dependency:build-classpath -Dmdep.outputFile=target/classpath -DskipTests \
 *   -pl emulator-connectors/emulators -am
 * cd emulator-connectors/emulators
 * java -XX:ActiveProcessorCount=2 -Xmx2g --enable-native-access=ALL-UNNAMED \
 *   -cp target/test-classes:target/classes:$(cat target/classpath) \
 *   io.patchbay.emulators.vpcs.ManyPcsBenchmark 10000 10
 * </pre>
 *
 * <p>The {@code java} of the last line is a JDK 25; the arguments are the number of PCs and the
 * minutes. Each PC listens on a console port, so 10,000 need as many open files and some more.
 */
final class ManyPcsBenchmark {
  private static final int CLIENTS = 8;
  private static final UnixOperatingSystemMXBean SYSTEM =
      (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private ManyPcsBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    int minutes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    Path directory = Files.createTempDirectory("many-pcs");
    // More ports than by default: a PC takes one for its console, and a link takes two.
    RuntimeConfig config =
        new RuntimeConfig(
            InetAddress.getLoopbackAddress(),
            10_000,
            24_999,
            25_000,
            65_000,
            "auto",
            2,
            "embedded",
            "vpcs",
            directory.resolve("run"),
            directory.resolve("images"),
            false,
            1 << 20,
            new QemuConfig("auto", false, Duration.ZERO),
            new DynamipsConfig("dynamips", true, false, 0),
            new IouConfig(Optional.empty(), true),
            "traceng",
            new VirtualBoxConfig("", Duration.ZERO),
            new VmwareConfig("", "auto", 2, 255, false, Duration.ZERO));
    try (ResourceAdapter adapter = new ResourceAdapter(config)) {
      run(new ManyPcs(adapter, directory), count, minutes);
    }
    System.exit(0);
  }

  private static void run(ManyPcs lab, int count, int minutes) throws Exception {
    long empty = heap();
    timed("create and wire " + count, () -> lab.create(count));
    long stopped = heap();
    int first = Math.min(1000, count);
    timed("start " + first, () -> inParallel(lab.pcs().subList(0, first), EmulatedNode::start));
    timed(
        "start the others", () -> inParallel(lab.pcs().subList(first, count), EmulatedNode::start));
    timed("until all have their addresses", lab::awaitPrompts);
    long started = heap();
    System.out.printf(
        "octets per PC: %d with its link and its part of a switch, %d more when started%n",
        (stopped - empty) / count, (started - stopped) / count);
    List<Pinging> all = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      all.add(lab.ping(number));
      if (number % (count / 1000 + 1) == 0) {
        // Users do not all begin in the same millisecond.
        TimeUnit.MILLISECONDS.sleep(1);
      }
    }
    System.out.println("minute  replies lost % worst ms heap MB threads files CPU s");
    for (int minute = 1; minute <= minutes; minute++) {
      TimeUnit.MINUTES.sleep(1);
      report(minute, all);
    }
    timed("stop all", () -> inParallel(lab.pcs(), EmulatedNode::stop));
  }

  private static void report(int minute, List<Pinging> all) {
    long replies = 0;
    long lost = 0;
    double worst = 0;
    for (Pinging each : all) {
      Pinging.Count count = each.take();
      replies += count.replies();
      lost += count.lost();
      worst = Math.max(worst, count.worstMillis());
    }
    System.out.printf(
        "%6d %8d %6.3f %8.1f %7d %7d %5d %5.0f%n",
        minute,
        replies,
        100.0 * lost / Math.max(1, replies + lost),
        worst,
        heap() >> 20,
        ManagementFactory.getThreadMXBean().getThreadCount(),
        SYSTEM.getOpenFileDescriptorCount(),
        cpuSeconds());
  }

  private interface Step {
    void run() throws Exception;
  }

  private static void timed(String what, Step step) throws Exception {
    long begin = System.nanoTime();
    double used = cpuSeconds();
    step.run();
    System.out.printf(
        "%s: %.2f s, %.2f s of processor time%n",
        what, (System.nanoTime() - begin) / 1e9, cpuSeconds() - used);
  }

  /** What the process has used so far; unlike a clock it does not tell how busy others were. */
  private static double cpuSeconds() {
    return SYSTEM.getProcessCpuTime() / 1e9;
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void inParallel(List<EmulatedNode> nodes, Consumer<EmulatedNode> action)
      throws Exception {
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> done = new ArrayList<>();
      nodes.forEach(node -> done.add(clients.submit(() -> action.accept(node))));
      for (Future<?> each : done) {
        each.get();
      }
    }
  }
}
