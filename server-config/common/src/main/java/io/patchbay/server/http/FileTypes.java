package io.patchbay.server.http;

import jakarta.ws.rs.core.MediaType;
import java.net.URLConnection;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Content types of files, by their names. */
public final class FileTypes {
  /** What a file is compressed with says nothing of its content. */
  private static final Pattern COMPRESSION = Pattern.compile("\\.(?:gz|bz2|xz|br|Z)$");

  /** By the last extension; in place of what the JVM thinks. */
  private static final Map<String, String> TYPES =
      Map.of(
          "ico", "image/vnd.microsoft.icon",
          "py", "text/x-python",
          "tgz", "application/x-tar");

  private FileTypes() {}

  public static String of(String path) {
    String plain = COMPRESSION.matcher(path).replaceFirst("");
    return Optional.ofNullable(TYPES.get(plain.substring(plain.lastIndexOf('.') + 1)))
        .or(() -> Optional.ofNullable(URLConnection.guessContentTypeFromName(plain)))
        .orElse(MediaType.APPLICATION_OCTET_STREAM);
  }
}
