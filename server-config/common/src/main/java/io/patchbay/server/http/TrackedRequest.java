package io.patchbay.server.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request whose end is told, which for an asynchronous one comes after its filters. It listens
 * from the moment that the request gets asynchronous: another thread may have answered it by the
 * time its filters are done, and a server calls nobody who begins to listen then.
 */
final class TrackedRequest extends HttpServletRequestWrapper {
  private final List<Runnable> ends = new ArrayList<>(2);
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile boolean asynchronous;

  TrackedRequest(HttpServletRequest request) {
    super(request);
  }

  /**
   * Has something run once, when the request is answered, on whichever thread. For the request's
   * own thread, before it goes on.
   */
  void whenAnswered(Runnable end) {
    ends.add(end);
  }

  /** Whether other threads than its own may answer it. */
  boolean isAsynchronous() {
    return asynchronous;
  }

  /** To be called when its filters are done: it is answered if it did not get asynchronous. */
  void filtered() {
    if (!asynchronous) {
      end();
    }
  }

  private void end() {
    if (over.compareAndSet(false, true)) {
      ends.forEach(Runnable::run);
    }
  }

  @Override
  public AsyncContext startAsync() {
    return follow(super.startAsync());
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
    return follow(super.startAsync(request, response));
  }

  private AsyncContext follow(AsyncContext context) {
    asynchronous = true;
    context.addListener(new Listener());
    return context;
  }

  private final class Listener implements AsyncListener {
    @Override
    public void onComplete(AsyncEvent event) {
      end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      // Whoever began it answers, and then it is complete.
    }

    @Override
    public void onError(AsyncEvent event) {
      end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      // Whoever is asked to start it comes by here.
    }
  }
}
