package io.patchbay.server.config;

import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Where it is noted who did what.
 *
 * @param file empty for nowhere
 * @param maxBytes size of the file before another is begun
 * @param kept how many older files stay
 */
public record AuditSettings(Optional<Path> file, long maxBytes, int kept) {

  static AuditSettings of(Config config) {
    return new AuditSettings(
        config
            .getOptionalValue("patchbay.audit.file", String.class)
            .map(file -> Path.of(file).toAbsolutePath()),
        config.getValue("patchbay.audit.max-bytes", Long.class),
        config.getValue("patchbay.audit.kept", Integer.class));
  }
}
