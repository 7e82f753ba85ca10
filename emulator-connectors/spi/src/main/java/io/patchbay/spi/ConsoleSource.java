package io.patchbay.spi;

import java.util.function.Consumer;

/** A node whose console can be joined: what it prints goes to every viewer. */
public interface ConsoleSource {
  /**
   * Joins the console.
   *
   * @param output is given what the console prints, in order, from a thread of the console; it must
   *     not block for long
   * @param closed runs once when the console goes, such as when the node stops
   * @throws LabException ({@link ErrorCode#CONFLICT}) if the node has no console now
   */
  ConsoleSession join(Consumer<byte[]> output, Runnable closed);

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
