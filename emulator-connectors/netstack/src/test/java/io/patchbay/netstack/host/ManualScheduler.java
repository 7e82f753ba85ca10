package io.patchbay.netstack.host;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Future;

/** Time that stands still until a test lets it pass. */
final class ManualScheduler implements HostScheduler {
  private final PriorityQueue<Waiting> queue =
      new PriorityQueue<>(Comparator.comparingLong(Waiting::due).thenComparing(Waiting::number));
  private long now = Duration.ofDays(1).toNanos();
  private long number;

  private record Waiting(long due, long number, Runnable task) {}

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public void execute(Runnable task) {
    task.run();
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    Waiting waiting = new Waiting(now + delay.toNanos(), number++, task);
    queue.add(waiting);
    return () -> queue.remove(waiting);
  }

  @Override
  public void await(Future<?> future, Duration most) {
    long end = now + most.toNanos();
    while (!future.isDone() && !queue.isEmpty() && queue.peek().due() <= end) {
      next();
    }
    now = future.isDone() ? now : Math.max(now, end);
  }

  private void next() {
    Waiting next = queue.poll();
    now = next.due();
    next.task().run();
  }

  /** Lets time pass, and what is due happen in order. */
  void pass(Duration time) {
    long end = now + time.toNanos();
    while (!queue.isEmpty() && queue.peek().due() <= end) {
      next();
    }
    now = end;
  }

  /** How many timers wait. */
  int waiting() {
    return queue.size();
  }
}
