package io.patchbay.controller.access;

import io.patchbay.controller.settings.SettingsFile;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * {@link Grants} on the disk, a file for each project. Not in the project's directory, which those
 * who may edit the project can write to, and which travels in archives and copies. Not thread-safe.
 */
final class GrantStore {
  private static final Logger LOG = Logger.getLogger(GrantStore.class.getName());
  private static final String SUFFIX = ".json";

  private final Path directory;

  GrantStore(Path directory) {
    this.directory = directory;
  }

  /** All of them by the project's id. A file that is broken is left alone and grants nothing. */
  Map<String, Grants> load() {
    Map<String, Grants> all = new HashMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .map(name -> URLDecoder.decode(name, StandardCharsets.UTF_8))
          .forEach(id -> all.put(id, Grants.of(new SettingsFile(file(id)).content())));
    } catch (NoSuchFileException none) {
      // Nobody has a project yet.
    } catch (IOException e) {
      throw new IllegalStateException("The owners of projects cannot be read: " + directory, e);
    }
    return all;
  }

  private Path file(String projectId) {
    return directory.resolve(URLEncoder.encode(projectId, StandardCharsets.UTF_8) + SUFFIX);
  }

  /**
   * @throws LabException (CONFLICT) if that cannot be written
   */
  void write(String projectId, Grants grants) {
    new SettingsFile(file(projectId)).change(before -> grants.json());
  }

  void delete(String projectId) {
    try {
      Files.deleteIfExists(file(projectId));
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0} stays", file(projectId));
    }
  }
}
