package io.patchbay.server.http;

import jakarta.ws.rs.core.MediaType;
import java.net.URLConnection;
import java.util.Optional;

/** Content types of files, by their names. */
public final class FileTypes {
  private FileTypes() {}

  public static String of(String path) {
    return Optional.ofNullable(URLConnection.guessContentTypeFromName(path))
        .orElse(MediaType.APPLICATION_OCTET_STREAM);
  }
}
