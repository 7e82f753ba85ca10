package io.patchbay.server.auth;

import io.patchbay.server.auth.Verdict.Known;
import io.patchbay.server.auth.Verdict.Refused;
import io.patchbay.server.config.Settings;
import io.patchbay.server.http.Answers;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Lets in those who are known, and everybody if the configuration says so. What they may do then is
 * for {@link io.patchbay.server.access.Access} to say.
 */
@Singleton
public class Gate {
  private static final String CHALLENGE = "Basic realm=\"Patchbay\", charset=\"UTF-8\"";
  private static final Known CONTROLLER =
      new Known(new Caller("controller", Set.of(), Role.CONTROLLER));

  private final Optional<Authenticator> authenticator;
  private final LocalSecret secret;

  /**
   * @throws IllegalStateException with a sentence for the administrator if the configuration cannot
   *     be used
   */
  @Inject
  public Gate(Settings settings, LocalSecret secret) {
    this(Realms.authenticator(settings), secret);
  }

  Gate(Optional<Authenticator> authenticator, LocalSecret secret) {
    this.authenticator = authenticator;
    this.secret = secret;
  }

  /** Has the configuration checked when the application starts, and not by its first request. */
  void start(
      @Observes
          @Priority(Interceptor.Priority.PLATFORM_BEFORE + 1)
          @Initialized(ApplicationScoped.class)
          Object event) {}

  /**
   * @return the request to go on with; empty if it was refused and is answered
   */
  public Optional<HttpServletRequest> admit(
      HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (authenticator.isEmpty()) {
      return Optional.of(request);
    }
    return switch (verdict(authenticator.get(), request)) {
      case Known known -> Optional.of(new CallerRequest(request, known.caller()));
      case Refused refused -> {
        refuse(response, refused);
        yield Optional.empty();
      }
    };
  }

  private Verdict verdict(Authenticator users, HttpServletRequest request) {
    if (secret.isIn(request.getHeader("Authorization"))) {
      return CONTROLLER;
    }
    return BasicCredential.of(request)
        .map(users::check)
        .orElseGet(() -> Refused.unknown("A user and a password are needed"));
  }

  private static void refuse(HttpServletResponse response, Refused refused) throws IOException {
    if (refused.status() == HttpServletResponse.SC_UNAUTHORIZED) {
      response.setHeader("WWW-Authenticate", CHALLENGE);
    }
    refused
        .retryAfter()
        .ifPresent(
            wait ->
                response.setHeader("Retry-After", Long.toString(wait.plusMillis(999).toSeconds())));
    Answers.error(response, refused.status(), refused.message());
  }
}
