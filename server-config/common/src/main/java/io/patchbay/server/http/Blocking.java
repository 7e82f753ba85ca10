package io.patchbay.server.http;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs what may wait (for an emulator, a compute, a lock or a disk) on a virtual thread, so that
 * the server's few request threads stay free for everybody else.
 */
public final class Blocking {
  // Not a managed executor: Jakarta Concurrency 3.0 has none with virtual threads.
  private static final ExecutorService VIRTUAL =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory());

  private Blocking() {}

  /** Runs the work; what it throws reaches the exception mapper as it is. */
  public static <T> CompletionStage<T> call(Callable<T> work) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    VIRTUAL.execute(
        () -> {
          Thread.currentThread().setContextClassLoader(loader);
          try {
            answer.complete(work.call());
          } catch (Throwable failure) {
            answer.completeExceptionally(failure);
          }
        });
    return answer;
  }
}
