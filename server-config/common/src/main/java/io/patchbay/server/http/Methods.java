package io.patchbay.server.http;

import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which methods the API offers: HEAD, which JAX-RS adds by itself, is not among them. */
final class Methods {
  private Methods() {}

  /** The {@code Allow} header of a 405, from the one that JAX-RS makes. */
  static String offered(String allow) {
    return Arrays.stream(allow.split(","))
        .map(String::strip)
        .filter(method -> !method.isEmpty() && !method.equals("HEAD"))
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .collect(Collectors.joining(","));
  }
}
