package io.patchbay.server.config;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The administrator's file, {@code ~/Patchbay/patchbay.properties} unless {@code
 * patchbay.config.file} (system property or environment) names another. It beats the defaults and
 * is beaten by environment and system properties. A missing file is no error unless it was named.
 */
public class FileConfigSource implements ConfigSource {
  private static final String KEY = "patchbay.config.file";
  private static final int ORDINAL = 200;

  private final Map<String, String> values;

  public FileConfigSource() {
    Optional<String> named =
        Optional.ofNullable(System.getProperty(KEY))
            .or(() -> Optional.ofNullable(System.getenv(KnownKeys.environmentName(KEY))));
    Path file = named.map(Path::of).orElseGet(() -> home().resolve("patchbay.properties"));
    values = named.isPresent() || Files.exists(file) ? read(file) : Map.of();
  }

  private static Path home() {
    return Optional.ofNullable(System.getProperty("patchbay.home"))
        .or(() -> Optional.ofNullable(System.getenv("PATCHBAY_HOME")))
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), "Patchbay"));
  }

  private static Map<String, String> read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the configuration file " + file, e);
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toUnmodifiableMap(name -> name, properties::getProperty));
  }

  @Override
  public Set<String> getPropertyNames() {
    return values.keySet();
  }

  @Override
  public String getValue(String name) {
    return values.get(name);
  }

  @Override
  public String getName() {
    return "Patchbay configuration file";
  }

  @Override
  public int getOrdinal() {
    return ORDINAL;
  }
}
