package io.patchbay.server.task;

import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Does something again and again, on a virtual thread, until it is closed. A round that fails is
 * logged, and the next one comes all the same.
 */
public final class Repeating implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Repeating.class.getName());

  private final Thread thread;

  private Repeating(Thread thread) {
    this.thread = thread;
  }

  /**
   * @param name of the thread, and in the log
   * @param pause how long to wait before a round, by how long the one before it took; that is zero
   *     before the first
   */
  public static Repeating start(String name, UnaryOperator<Duration> pause, Runnable round) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return new Repeating(
        Thread.ofVirtual()
            .name(name)
            .start(
                () -> {
                  Thread.currentThread().setContextClassLoader(loader);
                  repeat(name, pause, round);
                }));
  }

  private static void repeat(String name, UnaryOperator<Duration> pause, Runnable round) {
    Duration took = Duration.ZERO;
    try {
      while (true) {
        Thread.sleep(pause.apply(took));
        long begin = System.nanoTime();
        try {
          round.run();
        } catch (RuntimeException failed) {
          LOG.log(Level.WARNING, name + " has failed", failed);
        }
        took = Duration.ofNanos(System.nanoTime() - begin);
      }
    } catch (InterruptedException closed) {
      // Nothing comes after this.
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
