package io.patchbay.runtime.console;

import io.patchbay.spi.ConsoleSource.ConsoleSession;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A command line of our own, for devices that run inside the compute. Every viewer has a line of
 * its own: what one types the others do not see.
 */
public final class CommandConsole implements AutoCloseable {
  // What Ctrl-D on an empty line stands for.
  private static final String EXIT = "exit";

  private final Commands commands;
  private final String banner;
  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();

  /** What the command line understands; called by several threads at once. */
  public interface Commands {
    /** What stands before each line; it may change. */
    String prompt();

    /**
     * Runs a command.
     *
     * @param line without its end, not blank
     * @return the answer, lines ended by {@code \n}; empty ends the viewer's session
     */
    Optional<String> run(String line);
  }

  /**
   * @param banner is shown to each viewer first
   */
  public CommandConsole(String banner, Commands commands) {
    this.banner = banner;
    this.commands = commands;
  }

  /** Adds a viewer; see {@link io.patchbay.spi.ConsoleSource#join}. */
  public ConsoleSession join(Consumer<byte[]> output, Runnable closed) {
    Session session = new Session(output, closed);
    sessions.add(session);
    session.show(banner + "\n" + commands.prompt());
    return session;
  }

  /** Ends every viewer's session. */
  @Override
  public void close() {
    sessions.forEach(Session::close);
  }

  private final class Session implements ConsoleSession {
    private final Consumer<byte[]> output;
    private final Runnable closed;
    private final LineEditor editor = new LineEditor(new History(), this::show);

    Session(Consumer<byte[]> output, Runnable closed) {
      this.output = output;
      this.closed = closed;
    }

    @Override
    public synchronized void type(byte[] input) {
      for (byte octet : input) {
        if (!sessions.contains(this)) {
          return;
        }
        type(octet & 0xff);
      }
    }

    private void type(int key) {
      if (key == Keys.CTRL_D && editor.text().isEmpty()) {
        show("\n");
        run(EXIT);
        return;
      }
      editor
          .key(key)
          .ifPresent(
              line -> {
                show(key == Keys.CTRL_C ? "^C\n" : "\n");
                run(line);
              });
    }

    private void run(String line) {
      Optional<String> answer = line.isBlank() ? Optional.of("") : commands.run(line.strip());
      answer.ifPresentOrElse(text -> show(text + commands.prompt()), this::close);
    }

    private void show(String text) {
      output.accept(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
      if (sessions.remove(this)) {
        closed.run();
      }
    }
  }
}
