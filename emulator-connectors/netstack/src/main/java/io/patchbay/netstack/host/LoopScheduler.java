package io.patchbay.netstack.host;

import io.patchbay.netstack.io.EventLoop;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs what hosts do on an event loop; timers are shared by all hosts. */
public final class LoopScheduler implements HostScheduler {
  private final Executor loop;
  private final ScheduledExecutorService timers;

  public LoopScheduler(Executor loop, ScheduledExecutorService timers) {
    this.loop = loop;
    this.timers = timers;
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public void execute(Runnable task) {
    if (Thread.currentThread() instanceof EventLoop) {
      task.run();
    } else {
      loop.execute(task);
    }
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    try {
      Future<?> waiting =
          timers.schedule(() -> loop.execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> waiting.cancel(false);
    } catch (RejectedExecutionException closed) {
      // The netstack has ended, and nothing will be due any more.
      return Timer.NONE;
    }
  }

  @Override
  public void await(Future<?> future, Duration most) throws InterruptedException {
    try {
      future.get(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException | CancellationException over) {
      // Whoever waits looks at the future.
    }
  }
}
