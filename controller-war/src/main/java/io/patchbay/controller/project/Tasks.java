package io.patchbay.controller.project;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Does the same for many things at once, each on a virtual thread. */
public final class Tasks {
  private Tasks() {}

  /** Returns when all are done; then throws the first failure, if there was any. */
  public static <T> void forEach(Collection<T> items, Consumer<T> action) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (T item : items) {
        running.add(
            executor.submit(
                () -> {
                  Thread.currentThread().setContextClassLoader(loader);
                  action.accept(item);
                }));
      }
    }
    for (Future<?> task : running) {
      try {
        task.get();
      } catch (ExecutionException failed) {
        throw failed.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException(failed.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
