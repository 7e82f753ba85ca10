package io.patchbay.netstack;

/**
 * @param threads event-loop threads for all links; 0 for one per processor, four at most
 */
public record NetstackConfig(int threads, Io io) {
  /** Which implementation moves the frames. */
  public enum Io {
    /** Linux's if it works here, else the portable one. */
    AUTO,
    /** epoll, recvmmsg and sendmmsg. */
    LINUX,
    /** java.nio, for any system. */
    PORTABLE
  }

  public NetstackConfig {
    if (threads < 0) {
      throw new IllegalArgumentException("negative number of threads");
    }
    if (threads == 0) {
      threads = Math.min(4, Runtime.getRuntime().availableProcessors());
    }
  }
}
