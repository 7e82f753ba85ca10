package io.patchbay.server.http;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.atomic.AtomicBoolean;

/** The end of a request, which for an asynchronous one comes after its filters. */
public final class Completion {
  private Completion() {}

  /**
   * Runs something once, when a request is answered: now, or as soon as its answer is complete.
   *
   * @param request its filters are done
   */
  public static void of(HttpServletRequest request, Runnable end) {
    if (!request.isAsyncStarted()) {
      end.run();
      return;
    }
    AtomicBoolean over = new AtomicBoolean();
    Runnable once =
        () -> {
          if (over.compareAndSet(false, true)) {
            end.run();
          }
        };
    try {
      request.getAsyncContext().addListener(new Listener(once));
    } catch (IllegalStateException answered) {
      once.run();
    }
  }

  private record Listener(Runnable end) implements AsyncListener {
    @Override
    public void onComplete(AsyncEvent event) {
      end.run();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      end.run();
    }

    @Override
    public void onError(AsyncEvent event) {
      end.run();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      event.getAsyncContext().addListener(this);
    }
  }
}
