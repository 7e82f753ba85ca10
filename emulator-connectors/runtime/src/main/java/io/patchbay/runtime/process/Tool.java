package io.patchbay.runtime.process;

import io.patchbay.spi.LabException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs programs that do one thing and end, with arguments that no shell sees. */
public final class Tool {
  /** More than any of them has to say. */
  private static final int MOST_OUTPUT = 1 << 20;

  private static final Duration FOREVER = Duration.ofDays(365);

  private Tool() {}

  /**
   * How a program ended.
   *
   * @param status 0 if all went well
   * @param output what it printed to its standard output
   * @param errors what it printed to its standard error
   */
  public record Result(int status, String output, String errors) {
    public boolean isDone() {
      return status == 0;
    }
  }

  /**
   * Waits until the program has ended, for as long as it takes; it gets no input.
   *
   * @throws IOException if it cannot be launched
   * @throws LabException if this thread is interrupted; the program is ended then
   */
  public static Result run(List<String> command) throws IOException {
    return run(new ProcessBuilder(command), FOREVER);
  }

  /**
   * The same for a program that may never end, which is made to then: its status says that.
   *
   * @param directory where it runs
   * @param more environment variables beside those of this server
   */
  public static Result run(
      List<String> command, Path directory, Map<String, String> more, Duration within)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(more);
    return run(builder, within);
  }

  private static Result run(ProcessBuilder builder, Duration within) throws IOException {
    // Messages are shown to users and looked at by programs, so they are not translated.
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    process
        .onExit()
        .orTimeout(within.toSeconds(), TimeUnit.SECONDS)
        .exceptionally(tooLong -> process.destroyForcibly());
    try {
      process.getOutputStream().close();
      CompletableFuture<String> errors = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> errors.complete(read(process.getErrorStream())));
      String output = read(process.getInputStream());
      return new Result(process.waitFor(), output, errors.join());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw LabException.conflict("The server stops");
    } finally {
      process.destroyForcibly();
    }
  }

  /** All of it is read, so that the program never waits for us, and the beginning kept. */
  private static String read(InputStream in) {
    try (in) {
      String text = new String(in.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
      in.transferTo(OutputStream.nullOutputStream());
      return text;
    } catch (IOException ended) {
      return "";
    }
  }
}
