package io.patchbay.server.auth;

import jakarta.servlet.ServletRequest;
import java.security.Principal;
import java.util.Optional;
import java.util.Set;

/**
 * Who sends a request.
 *
 * @param groups of the directory or the users file; a group of a directory is there by its name and
 *     by its distinguished name
 */
public record Caller(String name, Set<String> groups, Role role) implements Principal {
  static final String ATTRIBUTE = "io.patchbay.caller";

  public Caller {
    groups = Set.copyOf(groups);
  }

  /** The caller of a request; empty where the server does not ask who calls. */
  public static Optional<Caller> of(ServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Caller caller
        ? Optional.of(caller)
        : Optional.empty();
  }

  /**
   * The same for those who have the principal only.
   *
   * @param principal of a JAX-RS security context or a WebSocket session; may be null
   */
  public static Optional<Caller> of(Principal principal) {
    return principal instanceof Caller caller ? Optional.of(caller) : Optional.empty();
  }

  @Override
  public String getName() {
    return name;
  }
}
