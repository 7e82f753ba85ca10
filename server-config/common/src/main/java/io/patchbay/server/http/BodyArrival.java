package io.patchbay.server.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has requests go on when their bodies are there. Threads of the server wait for a few bodies at
 * once, which is the fastest way for those who send theirs; past that nobody waits for it, so that
 * whoever sends slowly holds no thread.
 */
final class BodyArrival {
  private static final String ENDED_EARLY = "Invalid request: the body ended early";

  private final Semaphore places;

  BodyArrival() {
    this(4 * Runtime.getRuntime().availableProcessors());
  }

  /**
   * @param places how many threads may wait at once
   */
  BodyArrival(int places) {
    this.places = new Semaphore(places);
  }

  /**
   * Goes on with the body in memory, on this thread or, once it is there, by an asynchronous
   * dispatch; or answers why it does not.
   */
  void await(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!hasBody(request)) {
      chain.doFilter(request, response);
    } else if (places.tryAcquire()) {
      BufferedRequest whole = new BufferedRequest(request);
      try (BodyBytes bytes = new BodyBytes()) {
        whole.arrived(read(bytes, request));
      } catch (BodyRefused refused) {
        refuse(response, refused);
        return;
      } catch (IOException gone) {
        Answers.error(response, 400, ENDED_EARLY);
        return;
      } finally {
        places.release();
      }
      chain.doFilter(whole, response);
    } else {
      new Arrival(new BufferedRequest(request), response).begin();
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

  private static byte[] read(BodyBytes bytes, HttpServletRequest request) throws IOException {
    ServletInputStream in = request.getInputStream();
    while (bytes.readFrom(in)) {
      // Each takes a piece.
    }
    return bytes.toByteArray();
  }

  private static void refuse(HttpServletResponse response, BodyRefused refused) throws IOException {
    if (refused.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
      response.setHeader("Retry-After", "1");
    }
    Answers.error(response, refused.status(), refused.getMessage());
  }

  /** What is called when there is something to read. */
  private static final class Arrival implements ReadListener, AsyncListener {
    private final BufferedRequest request;
    private final HttpServletResponse response;
    private final BodyBytes bytes = new BodyBytes();
    private final AtomicBoolean over = new AtomicBoolean();

    Arrival(BufferedRequest request, HttpServletResponse response) {
      this.request = request;
      this.response = response;
    }

    void begin() throws IOException {
      AsyncContext context = request.startAsync(request, response);
      context.setTimeout(BodyBytes.PATIENCE.toMillis());
      context.addListener(this);
      request.getInputStream().setReadListener(this);
    }

    @Override
    public void onDataAvailable() throws IOException {
      ServletInputStream in = request.getInputStream();
      try {
        while (in.isReady() && bytes.readFrom(in)) {
          // Each takes a piece.
        }
      } catch (BodyRefused refused) {
        giveUp(refused);
      }
    }

    @Override
    public void onAllDataRead() {
      if (end()) {
        String query = request.getQueryString();
        String path = request.getRequestURI().substring(request.getContextPath().length());
        request.arrived(bytes.toByteArray());
        request.getAsyncContext().dispatch(query == null ? path : path + "?" + query);
      }
    }

    @Override
    public void onError(Throwable gone) {
      if (end()) {
        Answers.complete(request.getAsyncContext());
      }
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
      giveUp(new BodyRefused(408));
    }

    @Override
    public void onComplete(AsyncEvent event) {
      end();
    }

    @Override
    public void onError(AsyncEvent event) {
      end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      // The request has gone on.
    }

    private void giveUp(BodyRefused refused) throws IOException {
      if (end()) {
        // What is left of the body is not waited for.
        Answers.last(request, response);
        refuse(response, refused);
        Answers.complete(request.getAsyncContext());
      }
    }

    private boolean end() {
      bytes.close();
      return over.compareAndSet(false, true);
    }
  }
}
