package io.patchbay.runtime.console;

import io.patchbay.spi.ConsoleSource.ConsoleSession;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Everybody who looks at one console. All see the same, and all may type. What is shown before
 * anybody looks, such as a banner, is kept for the first. Thread-safe.
 */
public final class Viewers implements AutoCloseable {
  private static final int UNSEEN_LIMIT = 64 * 1024;

  private final Consumer<byte[]> input;
  private final List<Viewer> viewers = new CopyOnWriteArrayList<>();
  private final Backlog unseen = new Backlog(UNSEEN_LIMIT);
  // Guarded by this, so that what is shown goes to the backlog or to the viewer, not to both.
  private boolean looked;
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
   * @param current what everyone but the first is shown to begin with; may be empty
   */
  public synchronized ConsoleSession join(
      Consumer<byte[]> output, Runnable whenClosed, byte[] current) {
    Viewer viewer = new Viewer(this, output, whenClosed);
    byte[] first = looked ? current : unseen.take();
    looked = true;
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
  public synchronized void show(byte[] data) {
    if (!looked) {
      unseen.add(data);
    }
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
