package io.patchbay.runtime.console;

import io.patchbay.spi.ConsoleSource.ConsoleSession;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** One who looks at a console: a queue and a virtual thread, so that a slow one delays nobody. */
final class Viewer implements ConsoleSession {
  private static final int CAPACITY = 4096;
  private static final byte[] END = new byte[0];

  private final BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>(CAPACITY);
  private final AtomicBoolean open = new AtomicBoolean(true);
  private final Viewers all;
  private final Consumer<byte[]> output;
  private final Runnable closed;

  Viewer(Viewers all, Consumer<byte[]> output, Runnable closed) {
    this.all = all;
    this.output = output;
    this.closed = closed;
  }

  void start() {
    Thread.ofVirtual().name("console-viewer").start(this::pump);
  }

  /** Takes output to show; a viewer that is far behind is cut off. */
  void show(byte[] data) {
    if (!queue.offer(data)) {
      close();
    }
  }

  private void pump() {
    try {
      for (byte[] data = queue.take(); data != END; data = queue.take()) {
        output.accept(data);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException gone) {
      // The viewer's connection broke while it was written to.
    } finally {
      close();
      closed.run();
    }
  }

  @Override
  public void type(byte[] input) {
    all.type(input);
  }

  @Override
  public void close() {
    if (open.compareAndSet(true, false)) {
      all.remove(this);
      while (!queue.offer(END)) {
        queue.clear();
      }
    }
  }
}
