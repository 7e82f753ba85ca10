package io.patchbay.server.http;

import java.util.regex.Pattern;

/** Paths that no route has, though JAX-RS would find one. */
final class Paths {
  private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");

  private Paths() {}

  static boolean malformed(String path) {
    return BAD_ESCAPE.matcher(path).find();
  }

  /** A trailing slash makes a route unknown, and so does an empty part in the middle. */
  static boolean unknown(String path) {
    return path.length() > 1 && path.endsWith("/") || path.startsWith("//");
  }
}
