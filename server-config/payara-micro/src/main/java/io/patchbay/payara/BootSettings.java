package io.patchbay.payara;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings that are needed before there is a server, and so without MicroProfile Config, from
 * the same places: system properties, the environment, the configuration file.
 */
final class BootSettings {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}:]+)}");
  private static final int DEEPEST = 8;
  private static final String HOME = "patchbay.home";
  private static final String HOST = "patchbay.http.host";

  private static final Map<String, String> DEFAULTS =
      Map.of(
          HOME,
          "${user.home}/Patchbay",
          "patchbay.config.file",
          "${patchbay.home}/patchbay.properties",
          HOST,
          "127.0.0.1",
          "patchbay.https.host",
          "${patchbay.http.host}",
          "patchbay.https.key-store",
          "${patchbay.home}/https.p12");

  private final Function<String, String> given;
  private final Properties file;

  /**
   * @param given what system properties and environment say of a key, or null
   */
  BootSettings(Function<String, String> given) {
    this.given = given;
    file = new Properties();
    Path path = Path.of(value("patchbay.config.file").orElseThrow());
    if (Files.exists(path)) {
      try (Reader reader = Files.newBufferedReader(path)) {
        file.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the configuration file " + path, e);
      }
    }
  }

  /** Those of this process. */
  static BootSettings ofProcess() {
    return new BootSettings(
        key ->
            Optional.ofNullable(System.getProperty(key))
                .orElseGet(() -> System.getenv(environmentName(key))));
  }

  private static String environmentName(String key) {
    return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  /** A setting with its references replaced; empty if it is not set, or set to nothing. */
  Optional<String> value(String key) {
    return value(key, 0);
  }

  private Optional<String> value(String key, int depth) {
    String raw = given.apply(key);
    if (raw == null) {
      raw = file.getProperty(key);
    }
    if (raw == null) {
      raw = DEFAULTS.getOrDefault(key, System.getProperty(key, ""));
    }
    if (depth > DEEPEST) {
      throw new IllegalStateException(key + " refers to itself");
    }
    return Optional.of(
            REFERENCE
                .matcher(raw)
                .replaceAll(
                    found -> Matcher.quoteReplacement(value(found.group(1), depth + 1).orElse(""))))
        .filter(text -> !text.isBlank());
  }

  Path path(String key) {
    return Path.of(value(key).orElseThrow()).toAbsolutePath().normalize();
  }
}
