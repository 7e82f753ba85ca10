package io.patchbay.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * A program in the place of one that cannot be installed, kept in a directory of the test with what
 * it remembers.
 *
 * @param program its path
 */
public record StandIn(Path program) {
  /** IPv4 address of every machine. */
  public static final String ADDRESS = "10.77.0.1";

  /** What the scripts have in common. */
  private static final String SHARED = "stand_in.py";

  /** Stands in for VBoxManage; see {@code VBoxManage.py}. The directory exists. */
  public static StandIn virtualBox(Path directory) {
    return install(
        "VBoxManage.py",
        directory.resolve("VBoxManage"),
        "vbox_disks.py",
        "vbox_machines.py",
        "vbox_power.py");
  }

  /** Stands in for vmrun; see {@code vmrun.py}. The directory exists. */
  public static StandIn vmware(Path directory) {
    return install("vmrun.py", directory.resolve("vmrun"));
  }

  /** Stands in for TraceNG; see {@code traceng.py}. The directory exists. */
  public static StandIn traceNg(Path directory) {
    return install("traceng.py", directory.resolve("traceng"));
  }

  private static StandIn install(String script, Path program, String... parts) {
    try {
      copy(SHARED, program.resolveSibling(SHARED));
      for (String part : parts) {
        copy(part, program.resolveSibling(part));
      }
      copy(script, program);
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
      return new StandIn(program);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(String script, Path file) throws IOException {
    try (InputStream in = StandIn.class.getResourceAsStream(script)) {
      if (!Files.exists(file)) {
        Files.copy(in, file);
      }
    }
  }

  private Path directory() {
    return program.getParent();
  }

  /** Has it behave in a way that it is not asked to by its arguments. */
  public void trick(String name) {
    write(name, "");
  }

  public void write(String name, String content) {
    try {
      Files.writeString(directory().resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has it behave again. */
  public void behave(String name) {
    try {
      Files.deleteIfExists(directory().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How it was called, a line each. */
  public List<String> calls() {
    try {
      Path log = directory().resolve("calls.log");
      return Files.exists(log) ? Files.readAllLines(log) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Calls it as somebody else at the same computer would. */
  public String run(String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new AssertionError(said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Ends what it has left running. */
  public void end() {
    List<ProcessHandle> left = NodeProcesses.mentioning(directory().toString());
    left.forEach(ProcessHandle::destroyForcibly);
    Deadline.await("the end", () -> left.stream().noneMatch(ProcessHandle::isAlive));
  }
}
