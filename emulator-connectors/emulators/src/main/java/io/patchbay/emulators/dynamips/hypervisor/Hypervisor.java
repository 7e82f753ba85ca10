package io.patchbay.emulators.dynamips.hypervisor;

import io.patchbay.runtime.process.ControlSocket;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
  /** The hypervisor would take the rest of a longer line for another command. */
  private static final int LONGEST = 510;

  private static final Duration LEAVE_PATIENCE = Duration.ofSeconds(1);
  private static final String CHANGE_DIRECTORY = "hypervisor working_dir";

  private final SocketChannel channel;
  private final WorkingDirectory directory;
  private final Duration patience;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final ReplyReader replies = new ReplyReader();
  private volatile CompletableFuture<Reply> waiting = new CompletableFuture<>();
  private volatile boolean ended;

  /**
   * Where a hypervisor looks for files and makes them, which is the same for all connections to it.
   *
   * @param turn held by who has changed it
   * @param home where it is otherwise
   */
  record WorkingDirectory(ReentrantLock turn, Path home) {
    WorkingDirectory(Path home) {
      this(new ReentrantLock(true), home);
    }
  }

  private Hypervisor(SocketChannel channel, WorkingDirectory directory, Duration patience) {
    this.channel = channel;
    this.directory = directory;
    this.patience = patience;
  }

  /**
   * Connects as soon as the hypervisor listens, and returns once it has told its version.
   *
   * @param alive whether that hypervisor runs; if not nothing is waited for
   * @param patience how long an answer may take
   * @throws IOException if it ends, does not answer in time or is something else
   */
  static Hypervisor connect(
      InetSocketAddress address,
      WorkingDirectory directory,
      Duration within,
      BooleanSupplier alive,
      Duration patience)
      throws IOException {
    SocketChannel channel = ControlSocket.connect("the hypervisor", address, within, alive);
    Hypervisor hypervisor = new Hypervisor(channel, directory, patience);
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
    return ask("hypervisor version").text().split("-", 2)[0];
  }

  /** Runs commands while the hypervisor is in this directory; those of others wait. */
  void in(Path place, Runnable work) {
    directory.turn().lock();
    try {
      run(CHANGE_DIRECTORY, place);
      try {
        work.run();
      } finally {
        goHome(place);
      }
    } finally {
      directory.turn().unlock();
    }
  }

  private void goHome(Path from) {
    if (!from.equals(directory.home())) {
      try {
        run(CHANGE_DIRECTORY, directory.home());
      } catch (LabException gone) {
        // Whoever comes next says where to go.
      }
    }
  }

  /** Names of the routers in it. */
  List<String> instances() {
    return ask("vm list").lines().stream()
        .map(line -> line.replaceFirst(" \\(\\w*\\)$", ""))
        .toList();
  }

  /** Ends the hypervisor with all that it runs. */
  void stop(Duration within) {
    ask(within, "hypervisor stop");
  }

  /** Hangs up with a word, without which the hypervisor would keep its end for ever. */
  void leave() {
    try {
      ask(LEAVE_PATIENCE, "hypervisor close");
    } catch (LabException gone) {
      // Nothing of it is kept then.
    }
    close();
  }

  /** Runs a command; what it answers is of no interest. */
  void run(String command, Object... arguments) {
    ask(command, arguments);
  }

  /** {@link #ask(Duration, String, Object...)} with the usual patience. */
  Reply ask(String command, Object... arguments) {
    return ask(patience, command, arguments);
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
    if (line.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw LabException.conflict("Dynamips cannot be told of paths that are so long");
    }
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
