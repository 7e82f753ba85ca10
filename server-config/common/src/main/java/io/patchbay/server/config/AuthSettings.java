package io.patchbay.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Who may use the server.
 *
 * @param chain kinds of stores in the order in which they are asked
 * @param cache how long a right password needs no second check
 * @param userFailures wrong passwords for a user before further ones are slowed down; 0 for never
 * @param addressFailures the same from one address
 */
public record AuthSettings(
    List<String> chain,
    Optional<String> user,
    Optional<String> password,
    Optional<String> passwordHash,
    Path usersFile,
    Duration cache,
    int userFailures,
    int addressFailures) {

  static AuthSettings of(Config config) {
    return new AuthSettings(
        config.getValues("patchbay.auth", String.class).stream().map(String::strip).toList(),
        config.getOptionalValue("patchbay.auth.user", String.class),
        config.getOptionalValue("patchbay.auth.password", String.class),
        config.getOptionalValue("patchbay.auth.password-hash", String.class),
        Path.of(config.getValue("patchbay.auth.users-file", String.class)).toAbsolutePath(),
        Duration.ofSeconds(config.getValue("patchbay.auth.cache", Integer.class)),
        config.getValue("patchbay.auth.user-failures", Integer.class),
        config.getValue("patchbay.auth.address-failures", Integer.class));
  }

  /** Whether everybody is let in. */
  public boolean asksNobody() {
    return chain.equals(List.of("none"));
  }

  /** A record would print the password. */
  @Override
  public String toString() {
    return chain.toString();
  }
}
