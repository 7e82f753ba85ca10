package io.patchbay.runtime.console;

import io.patchbay.spi.ConsoleSource.ConsoleSession;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Everybody who looks at one console. All see the same, and all may type. What is shown before
 * anybody looks, such as a banner, is kept for the first; or the last of what is shown is kept for
 * everybody who comes. Thread-safe.
 */
public final class Viewers implements AutoCloseable {
  private static final int KEPT = 64 * 1024;

  private final Consumer<byte[]> input;
  private final List<Viewer> viewers = new CopyOnWriteArrayList<>();
  private final boolean keeps;
  private final Backlog backlog = new Backlog(KEPT);
  // Guarded by this, so that what is shown goes to the backlog or to the viewer, not to both.
  private boolean looked;
  private Consumer<byte[]> recorder = data -> {};
  private volatile boolean closed;

  /**
   * @param input takes what any of them types
   */
  public Viewers(Consumer<byte[]> input) {
    this(input, false);
  }

  /**
   * @param keeps whether everybody who comes is shown what came before
   */
  Viewers(Consumer<byte[]> input, boolean keeps) {
    this.input = input;
    this.keeps = keeps;
  }

  /**
   * Has everything recorded that is shown, also what is kept now; that must not wait for anything.
   */
  public synchronized void recordTo(Consumer<byte[]> newRecorder) {
    recorder = newRecorder;
    recorder.accept(backlog.content());
  }

  /**
   * Adds a viewer; see {@link io.patchbay.spi.ConsoleSource#join}.
   *
   * @param current what everyone but the first is shown to begin with; may be empty
   */
  public synchronized ConsoleSession join(
      Consumer<byte[]> output, Runnable whenClosed, byte[] current) {
    Viewer viewer = new Viewer(this, output, whenClosed);
    byte[] first = first(current);
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

  private byte[] first(byte[] current) {
    if (keeps) {
      return Replay.of(backlog.content());
    }
    if (looked) {
      return current;
    }
    byte[] unseen = backlog.content();
    backlog.clear();
    return unseen;
  }

  /** Shows output to all; never waits. */
  public synchronized void show(byte[] data) {
    if (keeps || !looked) {
      backlog.add(data);
    }
    recorder.accept(data);
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
