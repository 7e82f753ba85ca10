package io.patchbay.server.http;

import io.patchbay.server.access.Access;
import io.patchbay.server.audit.AuditTrail;
import io.patchbay.server.auth.Gate;
import io.patchbay.server.config.Settings;
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

  @Inject
  public FrontFilter(
      Settings settings, Gate gate, Access access, AuditTrail audit, RequestLimit limit) {
    this.gate = gate;
    this.access = access;
    this.audit = audit;
    this.limit = limit;
    bodies = new BodyLimit(settings.uploadMaxBytes());
    cors = new CorsPolicy(settings.corsOrigins());
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest asked = (HttpServletRequest) request;
    HttpServletResponse answer = (HttpServletResponse) response;
    asked.setAttribute(PASSED, true);
    if (asked.getMethod().equals("OPTIONS")) {
      if (!cors.preflight(asked, answer)) {
        Answers.error(answer, 403, "Not a preflight request of a known origin");
      }
      return;
    }
    cors.allow(asked, answer);
    secure(asked, answer);
    long begin = System.nanoTime();
    Optional<HttpServletRequest> admitted =
        access.isOpen(asked) ? Optional.of(asked) : gate.admit(asked, answer);
    try {
      if (admitted.isPresent()) {
        count(admitted.get(), answer, chain);
      }
    } finally {
      audit.follow(admitted.orElse(asked), answer, begin);
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

  private void count(HttpServletRequest asked, HttpServletResponse answer, FilterChain chain)
      throws IOException, ServletException {
    Optional<Runnable> leave = limit.enter(asked);
    if (leave.isEmpty()) {
      answer.setHeader("Retry-After", "1");
      Answers.error(answer, 429, "You have too many requests under way: wait for some to end");
      return;
    }
    try {
      go(asked, answer, chain);
    } finally {
      Completion.of(asked, leave.get());
    }
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
      chain.doFilter(bodies.apply(asked), answer);
    }
  }
}
