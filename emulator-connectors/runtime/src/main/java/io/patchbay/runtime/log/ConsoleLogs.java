package io.patchbay.runtime.log;

import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The consoles' logs of a compute. One thread writes all of them, a while after something was
 * printed, so that neither frames nor consoles ever wait for a disk.
 */
public final class ConsoleLogs implements AutoCloseable {
  private static final long DELAY_MS = 200;

  private final int limit;
  private final ScheduledExecutorService writer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("console-logs").factory());

  /**
   * @param limit of a file in bytes, see {@link ConsoleLog}; 0 for no logs
   */
  public ConsoleLogs(int limit) {
    this.limit = limit;
  }

  /**
   * The log of a node's console; what was written earlier stays.
   *
   * @param directory of the node; made when there is something to write
   */
  public ConsoleLog of(Path directory) {
    return new ConsoleLog(directory, limit, this::schedule);
  }

  private void schedule(Runnable write) {
    writer.schedule(write, DELAY_MS, TimeUnit.MILLISECONDS);
  }

  /** Logs of nodes that are not closed lose what was not written yet. */
  @Override
  public void close() {
    writer.shutdownNow();
  }
}
