package io.patchbay.netstack.link;

/** One end of a terminal whose other end a program has. Thread-safe. */
public interface TerminalEnd extends AutoCloseable {
  /**
   * Types. Waits a little if the program does not read; what it leaves for longer is lost, as at a
   * terminal.
   */
  void type(byte[] input);

  /** Has what was printed until now handed on before it returns. */
  void drain();

  /** Lets go of the terminal; harmless if that was done. */
  @Override
  void close();
}
