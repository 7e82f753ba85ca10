package io.patchbay.spi;

import java.util.OptionalLong;
import java.util.function.Consumer;

/** One who looks at a console. */
public interface ConsoleViewer {
  /**
   * What came before, of which the first {@link #show} brings the beginning. Positions count the
   * bytes that a console prints; those of a console that begins later are higher.
   *
   * @param position of the first byte that is shown
   * @param length bytes that were printed before the viewer came
   * @param lost bytes before them that the viewer does not know and that are not kept any more
   */
  record Past(long position, int length, long lost) {}

  /**
   * Up to which position the viewer knows what was printed, 0 for nothing of it; empty for one who
   * is shown what everybody is shown who comes.
   */
  default OptionalLong since() {
    return OptionalLong.empty();
  }

  /**
   * Runs once before anything is shown, for who said {@link #since}, if the console keeps what it
   * prints.
   */
  default void begin(Past past) {}

  /**
   * Takes what the console prints, in order, from a thread of the console; it must not block for
   * long.
   */
  void show(byte[] data);

  /** Runs once when the console goes, such as when the node stops. */
  void closed();

  /** One that joins as everybody does. */
  static ConsoleViewer of(Consumer<byte[]> output, Runnable closed) {
    return new ConsoleViewer() {
      @Override
      public void show(byte[] data) {
        output.accept(data);
      }

      @Override
      public void closed() {
        closed.run();
      }
    };
  }
}
