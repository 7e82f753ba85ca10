package io.patchbay.server.machine;

import com.sun.management.OperatingSystemMXBean;
import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Figures of the machine that this process runs on. */
public final class Machine {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final int PERCENT = 100;

  private Machine() {}

  /** {@code linux}, {@code darwin} or {@code win32}, as API v2 names platforms. */
  public static String platform() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return name.startsWith("windows") ? "win32" : name.startsWith("mac") ? "darwin" : "linux";
  }

  /** What a {@code ping} notification tells. */
  public static JsonObject usage() {
    return Json.createObjectBuilder()
        .add("cpu_usage_percent", cpuPercent())
        .add("memory_usage_percent", memoryPercent())
        .build();
  }

  /** Processor time that was in use lately, 0 to 100. */
  public static double cpuPercent() {
    return Math.round(Math.clamp(SYSTEM.getCpuLoad(), 0, 1) * PERCENT * 10) / 10.0;
  }

  /** Memory that is not available to new programs, 0 to 100. */
  public static double memoryPercent() {
    long total = SYSTEM.getTotalMemorySize();
    return Math.round((total - availableMemory()) * PERCENT * 10.0 / total) / 10.0;
  }

  /** Unlike free memory this counts what caches would give back. */
  private static long availableMemory() {
    try (Stream<String> lines = Files.lines(MEMINFO)) {
      return lines
          .filter(line -> line.startsWith("MemAvailable:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElseGet(SYSTEM::getFreeMemorySize);
    } catch (IOException notLinux) {
      return SYSTEM.getFreeMemorySize();
    }
  }

  /**
   * The figures of the {@code statistics} route; sizes in bytes.
   *
   * @param directory on the disk that is asked for; need not exist
   */
  public static JsonObject statistics(Path directory) {
    long memory = SYSTEM.getTotalMemorySize();
    long available = availableMemory();
    long swap = SYSTEM.getTotalSwapSpaceSize();
    long freeSwap = SYSTEM.getFreeSwapSpaceSize();
    File disk = existing(directory).toFile();
    long load = percent(SYSTEM.getSystemLoadAverage(), SYSTEM.getAvailableProcessors());
    return Json.createObjectBuilder()
        .add("memory_total", memory)
        .add("memory_free", available)
        .add("memory_used", memory - available)
        .add("swap_total", swap)
        .add("swap_free", freeSwap)
        .add("swap_used", swap - freeSwap)
        .add("cpu_usage_percent", Math.round(cpuPercent()))
        .add("memory_usage_percent", percent(memory - available, memory))
        .add("swap_usage_percent", percent(swap - freeSwap, swap))
        .add(
            "disk_usage_percent",
            percent(disk.getTotalSpace() - disk.getUsableSpace(), disk.getTotalSpace()))
        .add("load_average_percent", loadAverages(load))
        .build();
  }

  private static jakarta.json.JsonArrayBuilder loadAverages(long lastMinute) {
    jakarta.json.JsonArrayBuilder averages = Json.createArrayBuilder();
    try {
      String[] figures = Files.readString(Path.of("/proc/loadavg")).split(" ");
      for (int i = 0; i < 3; i++) {
        averages.add(percent(Double.parseDouble(figures[i]), SYSTEM.getAvailableProcessors()));
      }
    } catch (IOException notLinux) {
      averages.add(lastMinute).add(lastMinute).add(lastMinute);
    }
    return averages;
  }

  private static long percent(double part, double whole) {
    return whole <= 0 ? 0 : Math.round(Math.max(0, part) * PERCENT / whole);
  }

  private static Path existing(Path path) {
    Path known = path;
    while (!Files.exists(known) && known.getParent() != null) {
      known = known.getParent();
    }
    return known;
  }
}
