package io.patchbay.server.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which settings there are: those that have a default in our own configuration file. */
public final class KnownKeys {
  static final String PREFIX = "patchbay.";
  private static final String DEFAULTS = "/META-INF/microprofile-config.properties";

  private KnownKeys() {}

  public static Set<String> all() {
    Properties defaults = new Properties();
    try (InputStream in = KnownKeys.class.getResourceAsStream(DEFAULTS)) {
      defaults.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Set.copyOf(defaults.stringPropertyNames());
  }

  /**
   * The names under our prefix that mean nothing, in either spelling: {@code patchbay.x} anywhere
   * and {@code PATCHBAY_X} in the environment.
   *
   * @param configured every property name that a configuration source knows
   */
  static Set<String> unknown(Iterable<String> configured, Set<String> environment) {
    Set<String> known = all();
    Set<String> spelled =
        known.stream().map(KnownKeys::environmentName).collect(Collectors.toSet());
    Set<String> unknown = new TreeSet<>();
    for (String name : configured) {
      if (name.startsWith(PREFIX) && !known.contains(name)) {
        unknown.add(name);
      }
    }
    environment.stream()
        .filter(name -> name.startsWith(environmentName(PREFIX)))
        .filter(name -> !spelled.contains(name))
        .forEach(unknown::add);
    return unknown;
  }

  /** MicroProfile Config's rule: everything but letters and digits becomes an underscore. */
  static String environmentName(String key) {
    return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }
}
