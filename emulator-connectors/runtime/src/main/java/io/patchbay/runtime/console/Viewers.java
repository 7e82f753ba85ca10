package io.patchbay.runtime.console;

import io.patchbay.spi.ConsoleSource.ConsoleSession;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Everybody who looks at one console. All see the same, and all may type. Thread-safe. */
public final class Viewers implements AutoCloseable {
  private final Consumer<byte[]> input;
  private final List<Viewer> viewers = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /**
   * @param input takes what any of them types
   */
  public Viewers(Consumer<byte[]> input) {
    this.input = input;
  }

  /**
   * Adds a viewer; see {@link io.patchbay.spi.ConsoleSource#join}.
   *
   * @param first what this one is shown before everything else; may be empty
   */
  public ConsoleSession join(Consumer<byte[]> output, Runnable whenClosed, byte[] first) {
    Viewer viewer = new Viewer(this, output, whenClosed);
    if (first.length > 0) {
      viewer.show(first);
    }
    viewers.add(viewer);
    if (closed) {
      viewer.close();
    }
    viewer.start();
    return viewer;
  }

  /** Shows output to all; never waits. */
  public void show(byte[] data) {
    viewers.forEach(viewer -> viewer.show(data));
  }

  void type(byte[] data) {
    input.accept(data);
  }

  void remove(Viewer viewer) {
    viewers.remove(viewer);
  }

  /** Cuts everybody off; others may come. */
  public void drop() {
    viewers.forEach(Viewer::close);
  }

  /** Cuts everybody off, for good. */
  @Override
  public void close() {
    closed = true;
    drop();
  }
}
