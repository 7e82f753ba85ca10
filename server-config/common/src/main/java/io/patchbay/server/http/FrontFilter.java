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
import java.util.Optional;
import java.util.Set;

/**
 * Stands before everything in both WARs: CORS, who calls and may, and what the API does not have
 * though servers offer it by themselves (HEAD, TRACE, OPTIONS other than preflights, paths with
 * doubled or trailing slashes, paths that cannot be decoded).
 */
public class FrontFilter implements Filter {
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE", "PATCH");

  private final CorsPolicy cors;
  private final Gate gate;
  private final Access access;
  private final AuditTrail audit;

  @Inject
  public FrontFilter(Settings settings, Gate gate, Access access, AuditTrail audit) {
    this.gate = gate;
    this.access = access;
    this.audit = audit;
    cors = new CorsPolicy(settings.corsOrigins());
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest asked = (HttpServletRequest) request;
    HttpServletResponse answer = (HttpServletResponse) response;
    if (asked.getMethod().equals("OPTIONS")) {
      if (!cors.preflight(asked, answer)) {
        Answers.error(answer, 403, "Not a preflight request of a known origin");
      }
      return;
    }
    cors.allow(asked, answer);
    long begin = System.nanoTime();
    Optional<HttpServletRequest> admitted =
        access.isOpen(asked) ? Optional.of(asked) : gate.admit(asked, answer);
    try {
      if (admitted.isPresent()) {
        go(admitted.get(), answer, chain);
      }
    } finally {
      audit.follow(admitted.orElse(asked), answer, begin);
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
    } else if (access.permits(asked, answer)) {
      chain.doFilter(asked, answer);
    }
  }
}
