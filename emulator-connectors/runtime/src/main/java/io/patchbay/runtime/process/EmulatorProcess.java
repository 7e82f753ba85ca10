package io.patchbay.runtime.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A program that an emulator runs in. It has its own session and writes to a file, so it depends on
 * nothing of this server, lives on if the server is killed, and can be adopted by the next one.
 */
public final class EmulatorProcess {
  private final Processes processes;
  private final ProcessHandle handle;
  private final CompletableFuture<?> exit;
  private final String family;

  /**
   * @param exit done when the program has ended
   * @param family by which what the program has started is found
   */
  EmulatorProcess(
      Processes processes, ProcessHandle handle, CompletableFuture<?> exit, String family) {
    this.family = family;
    this.processes = processes;
    this.handle = handle;
    this.exit = exit;
  }

  public long pid() {
    return handle.pid();
  }

  /** By which the program can be adopted; empty if it has ended, or where there is no proc(5). */
  public Optional<ProcessIdentity> identity() {
    return isAlive() ? ProcessIdentity.of(pid()) : Optional.empty();
  }

  public boolean isAlive() {
    return !exit.isDone() && handle.isAlive();
  }

  /**
   * Runs an action once when the program ends, however it does. What the program had started is
   * ended first, so that nothing of it stays behind.
   */
  public void onExit(Runnable action) {
    exit.thenRun(
        () -> {
          processes.family(family).forEach(ProcessHandle::destroyForcibly);
          action.run();
        });
  }

  /** Asks the program to end, and makes it end if it has not by then. Returns when it is gone. */
  public void stop(Duration patience) {
    List<ProcessHandle> relatives =
        Stream.concat(processes.family(family).stream(), handle.descendants())
            .distinct()
            .filter(process -> process.pid() != pid())
            .toList();
    handle.destroy();
    if (!awaitEnd(patience)) {
      relatives.forEach(ProcessHandle::destroyForcibly);
      handle.destroyForcibly();
      awaitEnd(patience);
    }
    relatives.forEach(ProcessHandle::destroyForcibly);
  }

  /** Waits for the program to end by itself; whether it has. */
  public boolean awaitEnd(Duration patience) {
    try {
      exit.get(patience.toMillis(), TimeUnit.MILLISECONDS);
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
      return new String(all, from, all.length - from, StandardCharsets.UTF_8).strip();
    } catch (IOException none) {
      return "";
    }
  }
}
