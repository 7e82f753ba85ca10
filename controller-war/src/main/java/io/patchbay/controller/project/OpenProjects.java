package io.patchbay.controller.project;

import io.patchbay.controller.link.Link;
import io.patchbay.server.config.Settings;
import io.patchbay.spi.DurableFile;
import io.patchbay.spi.Json;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Which projects are open and what computes have of their links, a file for each project, so that a
 * server that was killed finds them as they were and what still runs goes on. An orderly stop
 * leaves nothing written down unless what runs is kept then.
 */
@Singleton
public class OpenProjects {
  private static final Logger LOG = Logger.getLogger(OpenProjects.class.getName());
  private static final String SUFFIX = ".json";

  private final Path directory;
  private final boolean kept;
  private boolean stopped;

  @Inject
  public OpenProjects(Settings settings) {
    this(settings.run().resolve("controller"), settings.keepOnStop());
  }

  OpenProjects(Path directory, boolean kept) {
    this.directory = directory;
    this.kept = kept;
  }

  /** Writes an open project down; that it cannot be is logged and harms nobody. */
  public synchronized void save(Project project) {
    if (stopped || !project.isOpen()) {
      return;
    }
    JsonObjectBuilder wiring = Json.createObjectBuilder();
    project.links().forEach(link -> wiring.add(link.id(), link.wiring()));
    try {
      Files.createDirectories(directory);
      DurableFile.writeUnforced(
          file(project), wiring.build().toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.log(Level.WARNING, "that project " + project.id() + " is open is not kept", e);
    }
  }

  private Path file(Project project) {
    return directory.resolve(project.id() + SUFFIX);
  }

  synchronized void forget(Project project) {
    delete(file(project));
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0} stays", file);
    }
  }

  /**
   * What an earlier server left: by the project's id, the wiring of its links by their ids, see
   * {@link Link#wiring()}. What cannot be read is left out.
   */
  synchronized Map<String, JsonObject> load() {
    Map<String, JsonObject> all = new HashMap<>();
    for (Path file : files()) {
      String name = file.getFileName().toString();
      try (InputStream in = Files.newInputStream(file);
          JsonReader reader = Json.createReader(in)) {
        all.put(name.substring(0, name.length() - SUFFIX.length()), reader.readObject());
      } catch (IOException | JsonException damaged) {
        LOG.log(Level.WARNING, "{0} cannot be read", file);
      }
    }
    return all;
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).toList();
    } catch (IOException none) {
      return List.of();
    }
  }

  @PreDestroy
  synchronized void stop() {
    stopped = true;
    if (!kept) {
      files().forEach(OpenProjects::delete);
    }
  }
}
