package io.patchbay.runtime.console;

import io.patchbay.spi.ConsoleSource.ConsoleSession;
import io.patchbay.spi.ConsoleViewer;
import io.patchbay.spi.ConsoleViewer.Past;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * One who looks at a console: a virtual thread and what waits for it, so that a slow one delays
 * nobody. What came in many small pieces goes on together: some programs print octet by octet.
 */
final class Viewer implements ConsoleSession {
  private static final int CAPACITY = 4 << 20;
  private static final int LARGEST_PIECE = 16 << 10;

  private final Viewers all;
  private final ConsoleViewer to;
  private final Optional<Past> past;
  // Guarded by this.
  private ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private boolean open = true;

  /**
   * @param past what it is told before it is shown anything, if it asked for that
   */
  Viewer(Viewers all, ConsoleViewer to, Optional<Past> past) {
    this.all = all;
    this.to = to;
    this.past = past;
  }

  void start() {
    Thread.ofVirtual().name("console-viewer").start(this::pump);
  }

  /** Takes output to show; a viewer that is far behind is cut off. */
  synchronized void show(byte[] data) {
    if (waiting.size() + data.length > CAPACITY) {
      waiting.reset();
      close();
    } else if (open) {
      waiting.writeBytes(data);
      notifyAll();
    }
  }

  /** Everything that waits, as soon as something does; nothing at the end. */
  private synchronized byte[] next() throws InterruptedException {
    while (open && waiting.size() == 0) {
      wait();
    }
    byte[] data = waiting.toByteArray();
    waiting = new ByteArrayOutputStream();
    return data;
  }

  private void pump() {
    try {
      past.ifPresent(to::begin);
      for (byte[] data = next(); data.length > 0; data = next()) {
        for (int from = 0; from < data.length; from += LARGEST_PIECE) {
          to.show(Arrays.copyOfRange(data, from, Math.min(data.length, from + LARGEST_PIECE)));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException gone) {
      // The viewer's connection broke while it was written to.
    } finally {
      close();
      to.closed();
    }
  }

  @Override
  public void type(byte[] input) {
    all.type(input);
  }

  @Override
  public void close() {
    synchronized (this) {
      open = false;
      notifyAll();
    }
    all.remove(this);
  }
}
