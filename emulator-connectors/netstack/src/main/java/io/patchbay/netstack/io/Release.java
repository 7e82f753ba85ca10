package io.patchbay.netstack.io;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting for a port to be free again after its socket was closed. */
final class Release {
  private static final long PATIENCE = 1000;

  private Release() {}

  /**
   * Returns when the loops have let go of a socket, so that its port may be bound anew; a loop
   * itself must not wait for the others and returns at once.
   */
  static void await(CountDownLatch released) {
    if (Thread.currentThread() instanceof EventLoop) {
      return;
    }
    try {
      released.await(PATIENCE, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
