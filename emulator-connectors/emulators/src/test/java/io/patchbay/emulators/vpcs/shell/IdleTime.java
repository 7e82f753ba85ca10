package io.patchbay.emulators.vpcs.shell;

import io.patchbay.netstack.host.HostScheduler;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Future;

/**
 * Time that passes only while a command waits for it, as fast as what is due can be done. For
 * commands that run one after the other.
 */
public final class IdleTime implements HostScheduler {
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparing(Due::number));
  private long now = Duration.ofDays(1).toNanos();
  private long number;
  private int waits = Integer.MAX_VALUE;

  private record Due(long at, long number, Runnable task) {}

  /** Interrupts who waits more often than that from now on, as Ctrl-C does. */
  public synchronized void interruptAfter(int most) {
    waits = most;
  }

  @Override
  public synchronized long nanos() {
    return now;
  }

  @Override
  public void execute(Runnable task) {
    task.run();
  }

  @Override
  public synchronized Timer schedule(Duration delay, Runnable task) {
    Due due = new Due(now + delay.toNanos(), number++, task);
    queue.add(due);
    return () -> cancel(due);
  }

  private synchronized void cancel(Due due) {
    queue.remove(due);
  }

  @Override
  public void await(Future<?> future, Duration most) throws InterruptedException {
    long end = begin(most);
    while (!future.isDone()) {
      Optional<Runnable> next = next(end);
      if (next.isEmpty()) {
        return;
      }
      next.get().run();
    }
  }

  private synchronized long begin(Duration most) throws InterruptedException {
    if (waits-- <= 0) {
      throw new InterruptedException();
    }
    return now + most.toNanos();
  }

  private synchronized Optional<Runnable> next(long end) {
    boolean none = queue.isEmpty() || queue.peek().at() > end;
    now = none ? Math.max(now, end) : Math.max(now, queue.peek().at());
    return none ? Optional.empty() : Optional.of(queue.poll().task());
  }
}
