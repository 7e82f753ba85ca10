package io.patchbay.runtime.process;

import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which process is meant. The system gives a pid to another program once its holder is gone, so a
 * pid alone that was written down says nothing later.
 *
 * @param startTime in clock ticks since the machine came up, as proc(5) has it
 * @param bootId of the run of the machine, since both numbers above begin anew with the next
 * @param executable path of the program; empty if this user may not know it
 */
public record ProcessIdentity(long pid, long startTime, String bootId, String executable) {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final String REPLACED = " (deleted)";

  /**
   * Of the process that has this pid now; empty if none has, it is a zombie, or there is no
   * proc(5).
   */
  public static Optional<ProcessIdentity> of(long pid) {
    try {
      Optional<ProcessStat> stat = ProcessStat.of(pid).filter(ProcessStat::isRunning);
      if (stat.isEmpty()) {
        return Optional.empty();
      }
      String executable = executable(pid);
      return Optional.of(
          new ProcessIdentity(
              pid,
              stat.get().startTime(),
              Files.readString(BOOT_ID, StandardCharsets.US_ASCII).strip(),
              // The package may have been upgraded while the program runs.
              executable.endsWith(REPLACED)
                  ? executable.substring(0, executable.length() - REPLACED.length())
                  : executable));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static String executable(long pid) throws IOException {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + pid + "/exe")).toString();
    } catch (AccessDeniedException hidden) {
      // Of a program that has more rights than its user; the start time tells enough.
      return "";
    }
  }

  /** Whether the process that was meant still runs. */
  public boolean isRunning() {
    return of(pid).filter(this::equals).isPresent();
  }

  public JsonObject toJson() {
    return Json.createObjectBuilder()
        .add("pid", pid)
        .add("start_time", startTime)
        .add("boot_id", bootId)
        .add("executable", executable)
        .build();
  }

  /**
   * @throws RuntimeException if it is not what {@link #toJson} made
   */
  public static ProcessIdentity of(JsonObject json) {
    return new ProcessIdentity(
        json.getJsonNumber("pid").longValueExact(),
        json.getJsonNumber("start_time").longValueExact(),
        json.getString("boot_id"),
        json.getString("executable"));
  }
}
