package io.patchbay.spi;

import java.util.function.Consumer;

/** A node whose console can be joined: what it prints goes to every viewer. */
public interface ConsoleSource {
  /**
   * Joins the console.
   *
   * @throws LabException ({@link ErrorCode#CONFLICT}) if the node has no console now
   */
  ConsoleSession join(ConsoleViewer viewer);

  /** Joins the console as everybody does; see {@link ConsoleViewer#of}. */
  default ConsoleSession join(Consumer<byte[]> output, Runnable closed) {
    return join(ConsoleViewer.of(output, closed));
  }

  /**
   * Refuses if the console cannot be joined now.
   *
   * @throws LabException ({@link ErrorCode#CONFLICT}) such as when the node does not run
   */
  void requireConsole();

  /** Cuts every viewer off and listens anew; harmless if the node does not run. */
  void resetConsole();

  /** One viewer's side of a console. */
  interface ConsoleSession extends AutoCloseable {
    /** Types into the console. Bytes go as they are, without any telnet escaping. */
    void type(byte[] input);

    @Override
    void close();
  }
}
