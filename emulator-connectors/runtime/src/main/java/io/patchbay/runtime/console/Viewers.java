package io.patchbay.runtime.console;

import io.patchbay.spi.ConsoleSource.ConsoleSession;
import io.patchbay.spi.ConsoleViewer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Everybody who looks at one console. All see the same, and all may type. The last of what is shown
 * is kept: for the first who comes, such as a banner, or for everybody; and for who says up to
 * where it knows it. Thread-safe.
 */
public final class Viewers implements AutoCloseable {
  private static final int KEPT = 64 * 1024;

  private final Consumer<byte[]> input;
  private final List<Viewer> viewers = new CopyOnWriteArrayList<>();
  private final boolean replays;
  // Guarded by this, so that what is shown goes to the backlog or to the viewer, not to both.
  private final Backlog backlog;
  private boolean looked;
  private Consumer<byte[]> recorder = data -> {};
  private volatile boolean closed;

  /**
   * @param input takes what any of them types
   * @param kept how much of what is shown is kept, in bytes
   */
  public Viewers(Consumer<byte[]> input, int kept) {
    this(input, false, kept);
  }

  /**
   * @param replays whether everybody who comes is shown what came before, and not the first alone
   */
  Viewers(Consumer<byte[]> input, boolean replays) {
    this(input, replays, KEPT);
  }

  private Viewers(Consumer<byte[]> input, boolean replays, int kept) {
    this.input = input;
    this.replays = replays;
    // Unless one prints a megabyte a second all the time, the next has higher positions.
    backlog = new Backlog(kept, TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()));
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
  public synchronized ConsoleSession join(ConsoleViewer viewer, byte[] current) {
    OptionalLong since = viewer.since();
    byte[] first = since.isPresent() ? backlog.since(since.getAsLong()) : first(current);
    Viewer added =
        new Viewer(
            this,
            viewer,
            since.isPresent()
                ? Optional.of(backlog.past(since.getAsLong(), first.length))
                : Optional.empty());
    looked = true;
    if (first.length > 0) {
      added.show(first);
    }
    viewers.add(added);
    if (closed) {
      added.close();
    }
    added.start();
    return added;
  }

  private byte[] first(byte[] current) {
    if (replays) {
      return Replay.of(backlog.content());
    }
    return looked ? current : backlog.content();
  }

  /** Shows output to all; never waits. */
  public synchronized void show(byte[] data) {
    backlog.add(data);
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
