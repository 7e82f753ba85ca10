package io.patchbay.runtime.console;

import io.patchbay.netstack.Netstack;
import io.patchbay.netstack.link.TerminalEnd;
import io.patchbay.spi.ConsoleSource.ConsoleSession;
import io.patchbay.spi.ConsoleViewer;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Shares the terminal that a program runs on among any number of viewers. It is read all the time,
 * since a program whose terminal nobody reads waits in the end. Everybody who comes is shown the
 * last of what was printed. Thread-safe.
 */
public final class TerminalRelay implements SharedConsole, AutoCloseable {
  private static final byte[] NOTHING = new byte[0];

  private final Viewers viewers = new Viewers(this::type, true);
  private final TerminalEnd terminal;

  /**
   * @param path of the terminal's end that is not the program's
   * @throws IOException if it cannot be opened
   */
  public TerminalRelay(Netstack netstack, String path) throws IOException {
    terminal = netstack.openTerminal(path, viewers::show, viewers::close);
  }

  private void type(byte[] input) {
    terminal.type(input);
  }

  @Override
  public ConsoleSession join(ConsoleViewer viewer) {
    return viewers.join(viewer, NOTHING);
  }

  /** See {@link Viewers#recordTo}. */
  public void recordTo(Consumer<byte[]> recorder) {
    viewers.recordTo(recorder);
  }

  /** Has everything recorded that the program printed until now. */
  public void drain() {
    terminal.drain();
  }

  @Override
  public void dropViewers() {
    viewers.drop();
  }

  @Override
  public void close() {
    terminal.close();
    viewers.close();
  }
}
