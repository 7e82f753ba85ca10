package io.patchbay.emulators.vm;

import io.patchbay.testkit.Deadline;
import io.patchbay.testkit.NodeProcesses;
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
  /**
   * Copies it.
   *
   * @param owner beside which the script is
   * @param script its name there
   * @param directory exists
   */
  public static StandIn install(Class<?> owner, String script, Path directory, String name) {
    Path program = directory.resolve(name);
    try (InputStream in = owner.getResourceAsStream(script)) {
      if (!Files.exists(program)) {
        Files.copy(in, program);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
      }
      return new StandIn(program);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
