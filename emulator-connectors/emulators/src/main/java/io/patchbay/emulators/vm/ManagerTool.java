package io.patchbay.emulators.vm;

import io.patchbay.runtime.process.Programs;
import io.patchbay.runtime.process.Tool;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The program by which a manager of virtual machines is told what to do. Thread-safe. */
public final class ManagerTool {
  private static final Optional<Path> SETSID = Programs.find("setsid");

  private final Duration patience;
  private final Optional<ReentrantLock> turn;

  /**
   * @param patience how long it may take to do what it is told
   * @param oneAtATime whether it does not stand being run while it runs
   */
  public ManagerTool(Duration patience, boolean oneAtATime) {
    this.patience = patience;
    this.turn = oneAtATime ? Optional.of(new ReentrantLock(true)) : Optional.empty();
  }

  /**
   * Has it do something and returns how it ended, well or not. Machines that it starts live on:
   * only the program itself is waited for.
   *
   * @throws LabException (CONFLICT) if it cannot be run, or does not end in time; it is ended then
   */
  public Tool.Result attempt(Path program, List<String> arguments) {
    turn.ifPresent(ReentrantLock::lock);
    try {
      return run(program, arguments);
    } catch (IOException e) {
      throw LabException.conflict(program + " cannot be run: " + e.getMessage());
    } finally {
      turn.ifPresent(ReentrantLock::unlock);
    }
  }

  private Tool.Result run(Path program, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    // What it starts must not be hit by a Ctrl-C in the server's terminal.
    SETSID.ifPresent(setsid -> command.add(setsid.toString()));
    command.add(program.toString());
    command.addAll(arguments);
    // Files and not pipes: a machine may keep the output open for as long as it runs.
    Path output = Files.createTempFile("patchbay-tool", ".out");
    Path errors = Files.createTempFile("patchbay-tool", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile());
      // Messages are shown to users and looked at by programs, so they are not translated.
      builder.environment().put("LC_ALL", "C.UTF-8");
      Process process = builder.start();
      process.getOutputStream().close();
      await(process, program.getFileName());
      return new Tool.Result(process.exitValue(), read(output), read(errors));
    } finally {
      Files.deleteIfExists(output);
      Files.deleteIfExists(errors);
    }
  }

  private void await(Process process, Path name) {
    try {
      if (!process.waitFor(patience)) {
        throw LabException.conflict(
            name + " did not answer within " + patience.toSeconds() + " seconds");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw LabException.conflict("The server stops");
    } finally {
      if (process.isAlive()) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
