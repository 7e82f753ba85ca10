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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A request whose end is told, which for an asynchronous one comes after its filters. It listens
 * from the moment that the request gets asynchronous, and no other thread ends it before its
 * filters are done: servers use what belongs to a request again once it has ended, and what its own
 * thread does on its way back would be done to the next one.
 */
final class TrackedRequest extends HttpServletRequestWrapper {
  private static final Logger LOG = Logger.getLogger(TrackedRequest.class.getName());

  private final List<Runnable> ends = new ArrayList<>(2);
  private final AtomicBoolean over = new AtomicBoolean();
  private final Thread thread = Thread.currentThread();
  private final CountDownLatch left = new CountDownLatch(1);
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
    left.countDown();
    if (!asynchronous) {
      end();
    }
  }

  private void awaitFilters() {
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      left.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end() {
    if (over.compareAndSet(false, true)) {
      ends.forEach(TrackedRequest::run);
    }
  }

  private static void run(Runnable end) {
    try {
      end.run();
    } catch (IllegalStateException taken) {
      // A server may have taken the request back whose client left; the others are told all the
      // same.
      LOG.log(Level.FINE, "of a request that is gone", taken);
    }
  }

  /** Servers that saw the client leave tell nobody when the request is completed after that. */
  private void complete() {
    awaitFilters();
    end();
  }

  @Override
  public AsyncContext startAsync() {
    return follow(super.startAsync());
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
    return follow(super.startAsync(request, response));
  }

  @Override
  public AsyncContext getAsyncContext() {
    return new GatedContext(super.getAsyncContext(), this::awaitFilters, this::complete);
  }

  private AsyncContext follow(AsyncContext context) {
    asynchronous = true;
    context.addListener(new Listener());
    return new GatedContext(context, this::awaitFilters, this::complete);
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
