package io.patchbay.server.access;

import io.patchbay.server.auth.Caller;
import io.patchbay.server.auth.Role;
import io.patchbay.server.config.Settings;
import io.patchbay.server.http.Answers;
import io.patchbay.server.http.StatusCodes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Whether a caller may do what a request asks: the one place of both WARs, which goes by the table
 * of the WAR. What the table does not have is refused to all but administrators, so that a route
 * without a rule is nobody's.
 */
@Singleton
public class Access {
  /** Attribute of a request: its {@link Match}, once the caller was found to be allowed. */
  static final String MATCH = "io.patchbay.match";

  private final RuleTable table = RuleTable.load();
  private final Instance<ProjectRights> projects;

  /** Whether not even administrators may: a compute whose controller knows the users. */
  private final boolean controllerAlone;

  private final boolean compute;

  @Inject
  public Access(Settings settings, Instance<ProjectRights> projects) {
    this.projects = projects;
    compute = table.rules().stream().anyMatch(rule -> rule.needs().contains(Need.CONTROLLER));
    controllerAlone = compute && !settings.computeUsers();
  }

  /** Whether this is the WAR of the compute. */
  public boolean isOfCompute() {
    return compute;
  }

  /** Whether a request needs no password. */
  public boolean isOpen(HttpServletRequest request) {
    return match(request).filter(match -> match.rule().needs().contains(Need.OPEN)).isPresent();
  }

  private Optional<Match> match(HttpServletRequest request) {
    return table.find(request.getMethod(), request.getRequestURI());
  }

  /**
   * The key of the route that a request is for, as {@link io.patchbay.server.openapi.Route#key} has
   * it; empty if there is none.
   */
  public Optional<String> route(HttpServletRequest request) {
    return match(request).map(match -> match.rule().key());
  }

  /** The id of the project that a request is about; empty if there is none. */
  public String project(HttpServletRequest request) {
    return match(request).map(Match::projectId).orElse("");
  }

  /**
   * @param request of somebody who is known, unless the server asks nobody
   * @return whether the caller may; if not, the request is answered
   */
  public boolean permits(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<Caller> caller = Caller.of(request);
    if (caller.isEmpty() || caller.get().role() == Role.ADMINISTRATOR && !controllerAlone) {
      return true;
    }
    if (caller.get().role() == Role.ADMINISTRATOR) {
      Answers.error(response, 403, Decision.NOT_ITS_CONTROLLER);
      return false;
    }
    Optional<Match> match = match(request);
    if (match.isEmpty()) {
      int status = table.knows(request.getRequestURI()) ? 405 : 404;
      Answers.error(response, status, StatusCodes.reason(status));
      return false;
    }
    Optional<Refusal> refusal =
        new Decision(projects.isResolvable() ? projects.get() : NO_PROJECTS)
            .refusal(caller.get(), match.get());
    if (refusal.isPresent()) {
      Answers.error(response, refusal.get().status(), refusal.get().message());
      return false;
    }
    request.setAttribute(MATCH, match.get());
    return true;
  }

  private static final ProjectRights NO_PROJECTS =
      new ProjectRights() {
        @Override
        public Optional<Right> of(Caller caller, String projectId) {
          return Optional.empty();
        }

        @Override
        public boolean isOpen(String projectId) {
          return false;
        }
      };
}
