package io.patchbay.runtime.console;

import io.patchbay.spi.ConsoleSource.ConsoleSession;
import io.patchbay.spi.ConsoleViewer;
import java.util.function.Consumer;

/** What an emulator prints and reads, shared among any number of viewers. Thread-safe. */
public interface SharedConsole {
  /** Adds a viewer; see {@link io.patchbay.spi.ConsoleSource#join}. */
  ConsoleSession join(ConsoleViewer viewer);

  /** Adds a viewer as everybody is one; see {@link ConsoleViewer#of}. */
  default ConsoleSession join(Consumer<byte[]> output, Runnable closed) {
    return join(ConsoleViewer.of(output, closed));
  }

  /** Cuts every viewer off; others may come. */
  void dropViewers();
}
