package io.patchbay.server.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/**
 * Has requests go on when their bodies are there. Threads of the server wait for a few bodies at
 * once, which is the fastest way for those who send theirs; past that virtual threads do, so that
 * whoever sends slowly holds none of the server's.
 */
final class BodyArrival {
  /** For each processor; the smallest pools of servers have 16 threads for each. */
  private static final int PLACES = 8;

  private final Predicate<HttpServletRequest> held;
  private final Semaphore places;

  /**
   * @param held whether the body of a request belongs in memory; others are streamed by who reads
   */
  BodyArrival(Predicate<HttpServletRequest> held) {
    this(held, PLACES * Runtime.getRuntime().availableProcessors());
  }

  /**
   * @param places how many threads may wait at once
   */
  BodyArrival(Predicate<HttpServletRequest> held, int places) {
    this.held = held;
    this.places = new Semaphore(places);
  }

  /**
   * Goes on, with the body in memory if it belongs there: on this thread or, once it is there, by
   * an asynchronous dispatch; or answers why it does not.
   */
  void await(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!hasBody(request) || !held.test(request)) {
      chain.doFilter(request, response);
      return;
    }
    BufferedRequest whole = new BufferedRequest(request);
    if (!places.tryAcquire()) {
      awaitElsewhere(whole, response);
      return;
    }
    boolean there;
    try {
      there = arrives(whole, response);
    } finally {
      places.release();
    }
    if (there) {
      chain.doFilter(whole, response);
    }
  }

  private static boolean hasBody(HttpServletRequest request) throws IOException {
    long length = request.getContentLengthLong();
    // HTTP/2 tells by the frames alone whether anything comes.
    return length > 0
        || length < 0
            && (request.getHeader("Transfer-Encoding") != null
                || !request.getProtocol().startsWith("HTTP/1")
                    && !request.getInputStream().isFinished());
  }

  /** Waits for the body; if it does not come, the request is answered. */
  private static boolean arrives(BufferedRequest request, HttpServletResponse response)
      throws IOException {
    try (BodyBytes bytes = new BodyBytes()) {
      InputStream in = request.getInputStream();
      while (bytes.readFrom(in)) {
        // Each takes a piece.
      }
      request.arrived(bytes.toByteArray());
      return true;
    } catch (BodyRefused refused) {
      // What is left of the body is not waited for.
      Answers.last(request, response);
      refuse(response, refused);
    } catch (IOException gone) {
      Answers.error(response, 400, "Invalid request: the body ended early");
    }
    return false;
  }

  private static void refuse(HttpServletResponse response, BodyRefused refused) throws IOException {
    if (refused.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
      response.setHeader("Retry-After", "1");
    }
    Answers.error(response, refused.status(), refused.getMessage());
  }

  /**
   * Waits on a virtual thread. Not by a {@code ReadListener}: Payara loses what it should tell it
   * if the body comes while the request's own thread is on its way back.
   */
  private static void awaitElsewhere(BufferedRequest request, HttpServletResponse response) {
    AsyncContext context = request.startAsync(request, response);
    context.setTimeout(0);
    Blocking.call(
        () -> {
          boolean there = false;
          try {
            there = arrives(request, response);
          } finally {
            if (!there) {
              Answers.complete(context);
            }
          }
          if (there) {
            context.dispatch(path(request));
          }
          return null;
        });
  }

  /** What a dispatch wants: from the context on, as the client wrote it. */
  private static String path(HttpServletRequest request) {
    String query = request.getQueryString();
    String path = request.getRequestURI().substring(request.getContextPath().length());
    return query == null ? path : path + "?" + query;
  }
}
