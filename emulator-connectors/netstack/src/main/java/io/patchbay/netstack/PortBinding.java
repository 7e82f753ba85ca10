package io.patchbay.netstack;

import java.io.IOException;
import java.net.BindException;

/**
 * Binding ports in a server that launches programs.
 *
 * <p>A process that is being launched holds copies of our sockets until its own program runs, also
 * of those that only tried whether a port is free. Such a port looks taken for some milliseconds
 * though nobody else has it.
 */
public final class PortBinding {
  private static final int ATTEMPTS = 10;
  private static final long PAUSE_MS = 20;

  /** Binds one socket. */
  @FunctionalInterface
  public interface Binder<T> {
    /**
     * @throws BindException if the port is taken; no socket is left open then
     */
    T bind() throws IOException;
  }

  private PortBinding() {}

  /**
   * Binds, again for a fifth of a second if the port looks taken. Blocks meanwhile.
   *
   * @throws BindException if the port is still taken
   */
  public static <T> T patiently(Binder<T> binder) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return binder.bind();
      } catch (BindException taken) {
        if (attempt == ATTEMPTS) {
          throw taken;
        }
        try {
          Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw taken;
        }
      }
    }
  }
}
