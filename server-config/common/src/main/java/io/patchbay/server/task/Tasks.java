package io.patchbay.server.task;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** Does the same for many things at once, each on a virtual thread. */
public final class Tasks {
  private Tasks() {}

  /** Returns when all are done; then throws the first failure, if there was any. */
  public static <T> void forEach(Collection<T> items, Consumer<T> action) {
    map(
        items,
        item -> {
          action.accept(item);
          return null;
        });
  }

  /** The same with a result for each thing, in their order. */
  public static <T, R> List<R> map(Collection<T> items, Function<T, R> action) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    List<Future<R>> running = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (T item : items) {
        running.add(
            executor.submit(
                () -> {
                  Thread.currentThread().setContextClassLoader(loader);
                  return action.apply(item);
                }));
      }
    }
    List<R> results = new ArrayList<>();
    for (Future<R> task : running) {
      results.add(result(task));
    }
    return results;
  }

  private static <R> R result(Future<R> task) {
    try {
      return task.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failed.getCause());
    } catch (InterruptedException e) {
      // All tasks have ended when their executor is closed, so nothing is waited for here.
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
