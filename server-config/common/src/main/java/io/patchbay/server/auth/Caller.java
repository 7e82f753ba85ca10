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
 * @param roles what the caller may be; {@link #ADMINISTRATOR} may do everything
 */
public record Caller(String name, Set<String> groups, Set<String> roles) implements Principal {
  public static final String ADMINISTRATOR = "administrator";

  static final String ATTRIBUTE = "io.patchbay.caller";

  public Caller {
    groups = Set.copyOf(groups);
    roles = Set.copyOf(roles);
  }

  /** The caller of a request; empty where the server does not ask who calls. */
  public static Optional<Caller> of(ServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Caller caller
        ? Optional.of(caller)
        : Optional.empty();
  }

  @Override
  public String getName() {
    return name;
  }
}
