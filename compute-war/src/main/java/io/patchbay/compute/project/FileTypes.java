package io.patchbay.compute.project;

import jakarta.ws.rs.core.MediaType;
import java.net.URLConnection;
import java.util.Optional;

/** Content types of files, by their names. */
final class FileTypes {
  private FileTypes() {}

  static String of(String path) {
    return Optional.ofNullable(URLConnection.guessContentTypeFromName(path))
        .orElse(MediaType.APPLICATION_OCTET_STREAM);
  }
}
