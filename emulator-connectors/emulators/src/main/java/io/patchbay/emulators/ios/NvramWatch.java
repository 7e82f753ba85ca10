package io.patchbay.emulators.ios;

import java.time.Duration;
import java.util.function.Supplier;

/** Notices that a router has written its NVRAM, a few seconds later. */
public final class NvramWatch implements AutoCloseable {
  private final Thread thread;

  /**
   * @param state tells what the NVRAM is like now: equal as long as it is not written
   * @param changed runs after each change, once it has been over for the pause
   */
  public NvramWatch(Supplier<?> state, Duration pause, Runnable changed) {
    Object first = state.get();
    thread =
        Thread.ofVirtual().name("nvram-watch").start(() -> watch(first, state, pause, changed));
  }

  private static void watch(Object first, Supplier<?> state, Duration pause, Runnable changed) {
    try {
      Object told = first;
      Object last = first;
      while (true) {
        Thread.sleep(pause);
        Object now = state.get();
        if (now.equals(last) && !now.equals(told)) {
          told = now;
          changed.run();
        }
        last = now;
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
