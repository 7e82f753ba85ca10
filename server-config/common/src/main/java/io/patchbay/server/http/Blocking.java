package io.patchbay.server.http;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;

/**
 * Runs what may wait (for an emulator, a compute, a lock or a disk) on a virtual thread, so that
 * the server's few request threads stay free for everybody else.
 */
public final class Blocking {
  // Not a managed executor: Jakarta Concurrency 3.0 has none with virtual threads.
  private static final ExecutorService VIRTUAL =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory());

  private Blocking() {}

  /**
   * Has everything done off the server's threads, the sending of the answer among it, which takes
   * as long as the client likes. If the answer is there already, the thread that has just begun the
   * request would send it: JAX-RS asks for that, or else wants to be called. Otherwise whoever
   * brings it does.
   */
  private static final class Answer<T> extends CompletableFuture<T> {
    @Override
    public boolean isDone() {
      return false;
    }

    @Override
    public CompletableFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> action) {
      return super.isDone() ? whenCompleteAsync(action, VIRTUAL) : super.whenComplete(action);
    }
  }

  /** Runs the work; what it throws reaches the exception mapper as it is. */
  public static <T> CompletionStage<T> call(Callable<T> work) {
    CompletableFuture<T> answer = new Answer<>();
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
