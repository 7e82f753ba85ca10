package io.patchbay.server.audit;

import io.patchbay.server.access.Access;
import io.patchbay.server.auth.Caller;
import io.patchbay.server.auth.Role;
import io.patchbay.server.config.AuditSettings;
import io.patchbay.server.config.Settings;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/**
 * Notes who did what: requests that change something, those that bring data out or join a console,
 * and those that were refused for who sent them. Does nothing where the server asks nobody.
 */
@Singleton
public class AuditTrail {
  /**
   * Attribute of a request that makes a project: an {@link AtomicReference} for its id. Set on the
   * request's own thread, as not every server has the request on another.
   */
  public static final String PROJECT = "io.patchbay.audit.project";

  private static final Pattern TELLING = Pattern.compile(".*(/console/ws|/export|/pcap|/files/.*)");
  private static final Set<Integer> REFUSALS = Set.of(401, 403, 429);
  private static final String HARMLESS = "/version";

  private final Access access;
  private final Optional<AuditLog> log;

  @Inject
  public AuditTrail(Settings settings, Access access) {
    this.access = access;
    AuditSettings audit = settings.audit();
    log =
        audit
            .file()
            .filter(file -> !settings.auth().asksNobody())
            .map(
                file ->
                    new RotatingFile(
                        own(file, access.isOfCompute()), audit.maxBytes(), audit.kept()))
            .map(AuditLog::new);
  }

  /** Two that write to one file could not rotate it, so the compute has one beside. */
  private static Path own(Path file, boolean compute) {
    return compute ? file.resolveSibling("compute-" + file.getFileName()) : file;
  }

  @PreDestroy
  void close() {
    log.ifPresent(AuditLog::close);
  }

  /**
   * Notes a request that is answered.
   *
   * @param request as it went on, with its caller
   * @param begin of {@link System#nanoTime}
   */
  public void note(HttpServletRequest request, HttpServletResponse response, long begin) {
    log.ifPresent(open -> note(open, request, response, begin));
  }

  private void note(
      AuditLog open, HttpServletRequest request, HttpServletResponse response, long begin) {
    Optional<Caller> caller = Caller.of(request);
    int status = response.getStatus();
    if (isTelling(request.getMethod(), request.getRequestURI(), status)
        && !isController(caller, status)) {
      open.add(
          new AuditEntry(
              Instant.now(),
              caller,
              request.getRemoteAddr(),
              request.getMethod(),
              request.getRequestURI(),
              project(request),
              status,
              Duration.ofNanos(System.nanoTime() - begin).toMillis()));
    }
  }

  private static boolean isTelling(String method, String path, int status) {
    return REFUSALS.contains(status)
        || (method.equals("GET") ? TELLING.matcher(path).matches() : !path.endsWith(HARMLESS));
  }

  /** What users do by way of the controller is in its own log. */
  private static boolean isController(Optional<Caller> caller, int status) {
    return !REFUSALS.contains(status)
        && caller.filter(known -> known.role() == Role.CONTROLLER).isPresent();
  }

  private String project(HttpServletRequest request) {
    return request.getAttribute(PROJECT) instanceof AtomicReference<?> made
            && made.get() instanceof String id
        ? id
        : access.project(request);
  }
}
