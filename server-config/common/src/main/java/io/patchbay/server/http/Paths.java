package io.patchbay.server.http;

import java.util.regex.Pattern;

/** Paths that no route has, though JAX-RS would find one. */
final class Paths {
  private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");

  /**
   * A part {@code ..}, its slashes escaped or not: servers would step up before they look. Paths of
   * files and images are left to their routes, which say why they refuse.
   */
  private static final Pattern STEP_UP =
      Pattern.compile(
          "^(?!.*/(?:files|images)/).*(^|/|%2f)(\\.|%2e){2}(/|%2f|$)", Pattern.CASE_INSENSITIVE);

  private Paths() {}

  static boolean malformed(String path) {
    return BAD_ESCAPE.matcher(path).find();
  }

  /** A trailing slash makes a route unknown, and so do an empty first part and steps up. */
  static boolean unknown(String path) {
    return path.length() > 1 && path.endsWith("/")
        || path.startsWith("//")
        || path.contains("..") && STEP_UP.matcher(path).find()
        || path.indexOf('%') >= 0 && STEP_UP.matcher(path).find();
  }
}
