package io.patchbay.controller.compute;

import io.patchbay.server.config.Settings;
import io.patchbay.spi.LabException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;

/** The computes that the controller drives: now the local one, on the same server. */
@Singleton
public class Computes {
  public static final String LOCAL = "local";

  private final Compute local;

  @Inject
  public Computes(Settings settings) {
    local =
        new Compute(
            LOCAL, settings.computeName(), reachable(settings.httpHost()), settings.httpPort());
  }

  /** A server that listens on every address is reached on this one. */
  private static String reachable(String host) {
    return switch (host) {
      case "0.0.0.0" -> "127.0.0.1";
      case "::", "[::]" -> "::1";
      default -> host;
    };
  }

  public Collection<Compute> all() {
    return List.of(local);
  }

  /**
   * @throws LabException (NOT_FOUND) if there is none with this id
   */
  public Compute get(String id) {
    if (id.equals(LOCAL)) {
      return local;
    }
    throw LabException.notFound("Compute ID " + id + " doesn't exist");
  }
}
