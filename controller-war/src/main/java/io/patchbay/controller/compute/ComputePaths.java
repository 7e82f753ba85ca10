package io.patchbay.controller.compute;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Paths below {@code /v2/compute}, with what users named in them encoded. */
public final class ComputePaths {
  private ComputePaths() {}

  /** Where a compute serves a file of a project. */
  public static String projectFile(String projectId, String file) {
    return "/projects/" + projectId + "/files/" + encode(file);
  }

  /**
   * Where a compute serves an image.
   *
   * @param name may hold slashes
   */
  public static String image(String emulator, String name) {
    return "/" + emulator + "/images/" + encode(name);
  }

  /** Slashes stay: servers refuse those that are encoded. */
  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
  }
}
