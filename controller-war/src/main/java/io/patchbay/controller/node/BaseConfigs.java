package io.patchbay.controller.node;

import io.patchbay.server.config.Settings;
import io.patchbay.spi.Json;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The base configurations that templates name: files that new nodes begin with. A node gets the
 * file's content once, when it is made; the name is not kept. The configurations' directory gets
 * simple ones that templates name by default, unless it has them.
 */
@Singleton
public class BaseConfigs {
  private static final Logger LOG = Logger.getLogger(BaseConfigs.class.getName());

  /** The property that names a file, and the one that carries its content to the compute. */
  private static final Map<String, String> CONTENTS =
      Map.of(
          "base_script_file", "startup_script",
          "startup_config", "startup_config_content",
          "private_config", "private_config_content");

  private static final List<String> PROVIDED =
      List.of(
          "vpcs_base_config.txt",
          "ios_base_startup-config.txt",
          "iou_l3_base_startup-config.txt",
          "iou_l2_base_startup-config.txt");

  private final Path directory;
  private final boolean local;

  @Inject
  public BaseConfigs(Settings settings) {
    this(settings.configs(), settings.local());
  }

  /**
   * @param local whether a file elsewhere on this machine may be named
   */
  BaseConfigs(Path directory, boolean local) {
    this.directory = directory.toAbsolutePath().normalize();
    this.local = local;
    PROVIDED.forEach(this::provide);
  }

  private void provide(String name) {
    Path target = directory.resolve(name);
    if (Files.exists(target)) {
      return;
    }
    try (InputStream in = BaseConfigs.class.getResourceAsStream("config/" + name)) {
      Files.createDirectories(directory);
      Files.copy(in, target);
    } catch (IOException | UncheckedIOException e) {
      LOG.log(Level.WARNING, "the base configuration {0} cannot be written", target);
    }
  }

  /** The contents of the files that the properties name, by the names that computes know. */
  JsonObject contents(JsonObject properties) {
    JsonObjectBuilder contents = Json.createObjectBuilder();
    CONTENTS.forEach(
        (name, content) -> {
          if (properties.get(name) instanceof JsonString file) {
            read(file.getString()).ifPresent(text -> contents.add(content, text));
          }
        });
    return contents.build();
  }

  /** The properties without the names of files. */
  static JsonObject without(JsonObject properties) {
    JsonObjectBuilder rest = Json.createObjectBuilder(properties);
    CONTENTS.keySet().forEach(rest::remove);
    return rest.build();
  }

  /** A file that is not there is no error: the node begins without a configuration. */
  private Optional<String> read(String name) {
    try {
      Path file = directory.resolve(name).normalize();
      if (!local && !file.startsWith(directory)) {
        LOG.log(Level.WARNING, "the base configuration {0} is outside {1}", array(name));
        return Optional.empty();
      }
      // Configurations come in many encodings; what is not UTF-8 becomes a mark.
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException | InvalidPathException e) {
      LOG.log(Level.WARNING, "the base configuration {0} cannot be read in {1}", array(name));
      return Optional.empty();
    }
  }

  private Object[] array(String name) {
    return new Object[] {name, directory};
  }
}
