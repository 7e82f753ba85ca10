package io.patchbay.runtime.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A program that an emulator runs in. It has its own session and writes to a file, so it depends on
 * nothing of this server and lives on if the server is killed.
 */
public final class EmulatorProcess {
  private static final Optional<Path> SETSID = Programs.find("setsid");

  private final Process process;
  private volatile List<ProcessHandle> children = List.of();

  private EmulatorProcess(Process process) {
    this.process = process;
  }

  /**
   * Launches a program.
   *
   * @param directory exists
   * @param log receives what the program prints; begun anew
   * @throws IOException if it cannot be launched
   */
  public static EmulatorProcess launch(List<String> command, Path directory, Path log)
      throws IOException {
    List<String> line = new ArrayList<>();
    // Without its own session a Ctrl-C in the server's terminal would hit the emulator too.
    SETSID.ifPresent(setsid -> line.add(setsid.toString()));
    line.addAll(command);
    Process process =
        new ProcessBuilder(line)
            .directory(directory.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(log.toFile())
            .redirectErrorStream(true)
            .start();
    return new EmulatorProcess(process);
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Runs an action once when the program ends, however it does. What the program had started is
   * ended first, so that nothing of it stays behind.
   */
  public void onExit(Runnable action) {
    process
        .onExit()
        .thenRun(
            () -> {
              children.forEach(ProcessHandle::destroyForcibly);
              action.run();
            });
  }

  /** Remembers the children that the program has now; they must not outlive it. */
  public void noteChildren() {
    children = process.toHandle().children().toList();
  }

  /** Asks the program to end, and makes it end if it has not by then. Returns when it is gone. */
  public void stop(Duration patience) {
    List<ProcessHandle> family =
        Stream.concat(children.stream(), process.toHandle().descendants()).distinct().toList();
    process.destroy();
    if (!ended(patience)) {
      family.forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      ended(patience);
    }
    family.forEach(ProcessHandle::destroyForcibly);
  }

  private boolean ended(Duration patience) {
    try {
      process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The end of what the program printed; empty if there is nothing to read. */
  public static String tail(Path log, int bytes) {
    try {
      byte[] all = Files.readAllBytes(log);
      int from = Math.max(0, all.length - bytes);
      return new String(all, from, all.length - from, java.nio.charset.StandardCharsets.UTF_8)
          .strip();
    } catch (IOException none) {
      return "";
    }
  }
}
