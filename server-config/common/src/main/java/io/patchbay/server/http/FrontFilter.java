package io.patchbay.server.http;

import io.patchbay.server.access.Access;
import io.patchbay.server.audit.AuditTrail;
import io.patchbay.server.auth.Gate;
import io.patchbay.server.config.Settings;
import io.patchbay.server.openapi.Route;
import io.patchbay.server.openapi.RouteTable;
import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Stands before everything in both WARs: CORS, who calls and may, and what the API does not have
 * though servers offer it by themselves (HEAD, TRACE, OPTIONS other than preflights, paths with
 * doubled or trailing slashes, paths that cannot be decoded).
 */
public class FrontFilter implements Filter {
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE", "PATCH");

  /** Attribute of requests that came by here. */
  private static final String PASSED = "io.patchbay.passed";

  private final CorsPolicy cors;
  private final Gate gate;
  private final Access access;
  private final AuditTrail audit;
  private final RequestLimit limit;
  private final BodyLimit bodies;
  private final BodyArrival arrival;

  @Inject
  public FrontFilter(
      Settings settings, Gate gate, Access access, AuditTrail audit, RequestLimit limit) {
    this.gate = gate;
    this.access = access;
    this.audit = audit;
    this.limit = limit;
    bodies = new BodyLimit(settings.uploadMaxBytes());
    Set<String> held =
        RouteTable.load().routes().stream()
            .filter(route -> route.body() == Route.Body.JSON || route.body() == Route.Body.NONE)
            .map(Route::key)
            .collect(Collectors.toSet());
    arrival = new BodyArrival(asked -> access.route(asked).filter(held::contains).isPresent());
    cors = new CorsPolicy(settings.corsOrigins());
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    TrackedRequest asked = new TrackedRequest((HttpServletRequest) request);
    DeferredAnswer answer = new DeferredAnswer(asked, (HttpServletResponse) response);
    asked.setAttribute(PASSED, true);
    try {
      answer(asked, answer, chain);
      answer.send();
    } finally {
      asked.filtered();
    }
  }

  private void answer(TrackedRequest asked, HttpServletResponse answer, FilterChain chain)
      throws IOException, ServletException {
    boolean open = access.isOpen(asked);
    if (open || asked.getMethod().equals("OPTIONS")) {
      Answers.last(asked, answer);
    }
    if (asked.getMethod().equals("OPTIONS")) {
      if (!cors.preflight(asked, answer)) {
        Answers.error(answer, 403, "Not a preflight request of a known origin");
      }
      return;
    }
    cors.allow(asked, answer);
    secure(asked, answer);
    long begin = System.nanoTime();
    Optional<HttpServletRequest> admitted = open ? Optional.of(asked) : gate.admit(asked, answer);
    asked.whenAnswered(() -> audit.note(admitted.orElse(asked), answer, begin));
    if (admitted.isEmpty()) {
      Answers.last(asked, answer);
    } else if (count(asked, admitted.get(), answer)) {
      go(admitted.get(), answer, chain);
    }
  }

  /**
   * Whether a request came by here. A server may go on without a filter that it could not make, and
   * then nobody has been asked who calls.
   *
   * @param attributes of the request, by name
   */
  public static boolean passed(Function<String, Object> attributes) {
    return attributes.apply(PASSED) != null;
  }

  /**
   * Answers 503 unless a request came by here. For the filter that comes next: what it lets through
   * is not answered to somebody whom nobody has asked for a name.
   *
   * @return whether it did
   */
  public static boolean requirePassed(ServletRequest request, ServletResponse response)
      throws IOException {
    boolean passed = passed(request::getAttribute);
    if (!passed) {
      Answers.error((HttpServletResponse) response, 503, StatusCodes.reason(503));
    }
    return passed;
  }

  /** For browsers: answers are what they say, and no page of elsewhere frames or reads them. */
  private static void secure(HttpServletRequest asked, HttpServletResponse answer) {
    answer.setHeader("X-Content-Type-Options", "nosniff");
    answer.setHeader("X-Frame-Options", "SAMEORIGIN");
    answer.setHeader("Referrer-Policy", "same-origin");
    if (asked.isSecure()) {
      answer.setHeader("Strict-Transport-Security", "max-age=31536000");
    }
  }

  /** Whether the caller may have one more request under way; if not, it is answered. */
  private boolean count(
      TrackedRequest asked, HttpServletRequest admitted, HttpServletResponse answer)
      throws IOException {
    Optional<Runnable> leave = limit.enter(admitted);
    if (leave.isEmpty()) {
      answer.setHeader("Retry-After", "1");
      Answers.error(answer, 429, "You have too many requests under way: wait for some to end");
      return false;
    }
    asked.whenAnswered(leave.get());
    return true;
  }

  /**
   * Whether a request wants another protocol where there are no WebSockets. What it sends has no
   * end for the server then, and whoever reads it waits.
   */
  private static boolean asksForMore(HttpServletRequest asked) {
    return asked.getHeader("Upgrade") != null
        && asked.getProtocol().startsWith("HTTP/1")
        && !asked.getRequestURI().endsWith("/ws");
  }

  /** Servers fail over another one as soon as somebody asks for a parameter. */
  private static boolean hasKnownCharset(HttpServletRequest asked) {
    String charset = asked.getCharacterEncoding();
    try {
      return charset == null || Charset.isSupported(charset);
    } catch (IllegalCharsetNameException malformed) {
      return false;
    }
  }

  private void go(HttpServletRequest asked, HttpServletResponse answer, FilterChain chain)
      throws IOException, ServletException {
    if (!METHODS.contains(asked.getMethod())) {
      Answers.error(answer, 405, StatusCodes.reason(405));
    } else if (Paths.malformed(asked.getRequestURI())) {
      Answers.error(answer, 400, "The path cannot be decoded");
    } else if (Paths.unknown(asked.getRequestURI())) {
      Answers.error(answer, 404, StatusCodes.reason(404));
    } else if (asksForMore(asked)) {
      Answers.error(answer, 400, "Nothing at this path can be upgraded to another protocol");
    } else if (!hasKnownCharset(asked)) {
      Answers.error(answer, 415, "The charset of the content type is unknown");
    } else if (bodies.isTooLarge(asked)) {
      Answers.error(answer, 413, StatusCodes.reason(413));
    } else if (access.permits(asked, answer)) {
      arrival.await(bodies.apply(asked), answer, chain);
    }
  }
}
