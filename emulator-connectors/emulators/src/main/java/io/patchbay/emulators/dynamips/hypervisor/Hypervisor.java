package io.patchbay.emulators.dynamips.hypervisor;

import io.patchbay.runtime.process.ControlSocket;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A connection to the control port of a Dynamips hypervisor, in its text protocol: a command a
 * line, answered by lines with a number. Commands may come from any thread and are sent one after
 * the other; one thread reads. An answer that is late or makes no sense ends the connection, since
 * none could be told from the next.
 */
public final class Hypervisor implements AutoCloseable {
  private final SocketChannel channel;
  private final Duration patience;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final ReplyReader replies = new ReplyReader();
  private volatile CompletableFuture<Reply> waiting = new CompletableFuture<>();
  private volatile boolean ended;

  private Hypervisor(SocketChannel channel, Duration patience) {
    this.channel = channel;
    this.patience = patience;
  }

  /**
   * Connects as soon as the hypervisor listens, and returns once it has told its version.
   *
   * @param alive whether that hypervisor runs; if not nothing is waited for
   * @param patience how long an answer may take
   * @throws IOException if it ends, does not answer in time or is something else
   */
  public static Hypervisor connect(
      InetSocketAddress address, Duration within, BooleanSupplier alive, Duration patience)
      throws IOException {
    Hypervisor hypervisor =
        new Hypervisor(ControlSocket.connect("the hypervisor", address, within, alive), patience);
    Thread.ofVirtual().name("hypervisor").start(hypervisor::read);
    try {
      hypervisor.version();
      return hypervisor;
    } catch (LabException failed) {
      hypervisor.close();
      throw new IOException(failed.getMessage(), failed);
    }
  }

  private void read() {
    ByteBuffer buffer = ByteBuffer.allocate(8192);
    try {
      while (channel.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          replies.take(buffer.get()).ifPresent(reply -> waiting.complete(reply));
        }
        buffer.clear();
      }
    } catch (IOException broken) {
      // Whoever waits for an answer is told below.
    } finally {
      close();
    }
  }

  /** The release, such as {@code 0.2.14}. */
  public String version() {
    return ask(patience, "hypervisor version").text().split("-", 2)[0];
  }

  /** Where files are looked for and made whose names have no directory. */
  public void workingDirectory(String path) {
    run("hypervisor working_dir", path);
  }

  /** Ends the hypervisor with all that it runs. */
  public void stop(Duration within) {
    ask(within, "hypervisor stop");
  }

  /** Runs a command; what it answers is of no interest. */
  void run(String command, Object... arguments) {
    ask(patience, command, arguments);
  }

  /**
   * Runs a command.
   *
   * @param command module and function, such as {@code vm start}
   * @param arguments are quoted, so they may have blanks
   * @throws LabException (CONFLICT) if the hypervisor refuses, does not answer in time, answers
   *     nonsense or is gone, or if an argument cannot be put into a command
   */
  Reply ask(Duration within, String command, Object... arguments) {
    String line =
        Stream.concat(Stream.of(command), Stream.of(arguments).map(each -> quoted(each.toString())))
            .collect(Collectors.joining(" "));
    turn.lock();
    try {
      CompletableFuture<Reply> answer = new CompletableFuture<>();
      waiting = answer;
      send(line);
      Reply reply = answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
      if (reply.refused()) {
        throw LabException.conflict("Dynamips refuses '" + command + "': " + reply.text());
      }
      return reply;
    } catch (IOException | ExecutionException gone) {
      throw LabException.conflict("Dynamips has ended or answers nonsense");
    } catch (TimeoutException late) {
      close();
      throw LabException.conflict("Dynamips does not answer to '" + command + "'");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw LabException.conflict("Dynamips was not waited for");
    } finally {
      turn.unlock();
    }
  }

  /** A quotation has no escapes: what would end it, or the line, cannot be told. */
  private static String quoted(String argument) {
    if (argument.isEmpty()) {
      // Between quotation marks too it would be no argument at all.
      throw new IllegalArgumentException("an empty argument");
    }
    if (argument.chars().anyMatch(c -> c == '"' || c < ' ')) {
      throw LabException.conflict(
          "Dynamips cannot be told of names with quotation marks or control characters");
    }
    return '"' + argument + '"';
  }

  private void send(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    if (ended) {
      throw new IOException("the connection has ended");
    }
  }

  /** Hangs up; the hypervisor runs on. Whoever waits for an answer is told that none will come. */
  @Override
  public void close() {
    ended = true;
    try {
      channel.close();
    } catch (IOException e) {
      // It is of no more use, whatever is wrong with it.
    }
    waiting.completeExceptionally(new IOException("closed"));
  }

  /**
   * An answer.
   *
   * @param code 100 to 199 for success
   * @param lines what came before the last line
   * @param text of the last line
   */
  record Reply(int code, List<String> lines, String text) {
    boolean refused() {
      return code >= 200;
    }
  }
}
