package io.patchbay.server.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

/**
 * The state of an asynchronous request that goes on, or ends, only behind a gate.
 *
 * @param gate waits until it may go on
 * @param last waits until it may end, and is told that it does
 */
record GatedContext(AsyncContext context, Runnable gate, Runnable last) implements AsyncContext {
  @Override
  public void dispatch() {
    gate.run();
    context.dispatch();
  }

  @Override
  public void dispatch(String path) {
    gate.run();
    context.dispatch(path);
  }

  @Override
  public void dispatch(ServletContext target, String path) {
    gate.run();
    context.dispatch(target, path);
  }

  @Override
  public void complete() {
    last.run();
    context.complete();
  }

  @Override
  public ServletRequest getRequest() {
    return context.getRequest();
  }

  @Override
  public ServletResponse getResponse() {
    return context.getResponse();
  }

  @Override
  public boolean hasOriginalRequestAndResponse() {
    return context.hasOriginalRequestAndResponse();
  }

  @Override
  public void start(Runnable work) {
    context.start(work);
  }

  @Override
  public void addListener(AsyncListener listener) {
    context.addListener(listener);
  }

  @Override
  public void addListener(
      AsyncListener listener, ServletRequest request, ServletResponse response) {
    context.addListener(listener, request, response);
  }

  @Override
  public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
    return context.createListener(type);
  }

  @Override
  public void setTimeout(long timeout) {
    context.setTimeout(timeout);
  }

  @Override
  public long getTimeout() {
    return context.getTimeout();
  }
}
