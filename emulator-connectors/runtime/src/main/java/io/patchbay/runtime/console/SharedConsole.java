package io.patchbay.runtime.console;

import io.patchbay.spi.ConsoleSource.ConsoleSession;
import java.util.function.Consumer;

/** What an emulator prints and reads, shared among any number of viewers. Thread-safe. */
public interface SharedConsole {
  /** Adds a viewer; see {@link io.patchbay.spi.ConsoleSource#join}. */
  ConsoleSession join(Consumer<byte[]> output, Runnable whenClosed);

  /** Cuts every viewer off; others may come. */
  void dropViewers();
}
