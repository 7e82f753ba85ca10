package io.patchbay.controller.archive;

import io.patchbay.controller.compute.Compute;
import io.patchbay.controller.compute.ComputePaths;
import io.patchbay.controller.compute.Computes;
import io.patchbay.server.task.Tasks;
import io.patchbay.spi.DirectoryTree;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Files of nodes that are on other computes. The local compute works in the project's own
 * directory, so its files are where they are.
 */
public final class RemoteFiles {
  private static final Logger LOG = Logger.getLogger(RemoteFiles.class.getName());

  private final Computes computes;

  public RemoteFiles(Computes computes) {
    this.computes = computes;
  }

  /** Ids of the other computes that nodes of a project are on. */
  static Set<String> computes(JsonObject file) {
    Set<String> ids = new TreeSet<>();
    nodes(file).forEach(node -> ids.add(node.getString("compute_id", Computes.LOCAL)));
    ids.remove(Computes.LOCAL);
    return ids;
  }

  private static List<JsonObject> nodes(JsonObject file) {
    return file.getJsonObject("topology").getJsonArray("nodes").getValuesAs(JsonObject.class);
  }

  /** Copies what other computes have of a project into a directory. */
  void fetch(JsonObject file, Path directory) {
    String projectId = file.getString("project_id");
    Tasks.forEach(
        computes(file),
        id -> {
          Compute compute = computes.get(id);
          introduce(compute, file);
          if (compute.client().get("/projects/" + projectId + "/files") instanceof JsonArray all) {
            for (JsonObject one : all.getValuesAs(JsonObject.class)) {
              fetch(compute, projectId, one.getString("path"), directory);
            }
          }
        });
  }

  private static void introduce(Compute compute, JsonObject file) {
    compute
        .client()
        .post(
            "/projects",
            Json.createObjectBuilder()
                .add("name", file.getString("name"))
                .add("project_id", file.getString("project_id"))
                .build());
  }

  private static void fetch(Compute compute, String projectId, String path, Path directory) {
    if (!ProjectTree.isWanted(Path.of(path), false)) {
      return;
    }
    Path target = DirectoryTree.inside(directory, path);
    try {
      Files.createDirectories(target.getParent());
    } catch (IOException e) {
      throw LabException.conflict(target + " cannot be written: " + e.getMessage());
    }
    compute.client().download(ComputePaths.projectFile(projectId, path), target);
  }

  /**
   * Moves the files of nodes on other computes there, and makes the project known to them.
   *
   * @param directory the project's; what was moved is gone from it
   * @throws LabException if a compute is away or refuses; {@link #forget} undoes what was done
   */
  public void push(JsonObject file, Path directory) {
    String projectId = file.getString("project_id");
    Tasks.forEach(computes(file), id -> introduce(computes.get(id), file));
    for (JsonObject node : nodes(file)) {
      String computeId = node.getString("compute_id", Computes.LOCAL);
      if (!computeId.equals(Computes.LOCAL)) {
        Path own =
            DirectoryTree.inside(
                directory,
                "project-files/" + node.getString("node_type") + "/" + node.getString("node_id"));
        push(computes.get(computeId), projectId, directory, own);
        DirectoryTree.delete(own);
      }
    }
  }

  private static void push(Compute compute, String projectId, Path directory, Path own) {
    if (!Files.isDirectory(own, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(own)) {
      for (Path file : all.toList()) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          String path = directory.relativize(file).toString().replace('\\', '/');
          try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            compute.client().upload(ComputePaths.projectFile(projectId, path), in);
          }
        }
      }
    } catch (IOException e) {
      throw LabException.conflict("Files cannot be sent to a compute: " + e.getMessage());
    }
  }

  /** Lets the other computes close a project that only its files were needed of. */
  void close(JsonObject file) {
    each(
        file,
        (compute, path) ->
            compute.client().postSlowly(path + "/close", JsonValue.EMPTY_JSON_OBJECT));
  }

  /** Removes a project that came to nothing from the other computes. */
  public void forget(JsonObject file) {
    each(file, (compute, path) -> compute.client().delete(path));
  }

  private void each(JsonObject file, BiConsumer<Compute, String> action) {
    for (String id : computes(file)) {
      try {
        action.accept(computes.get(id), "/projects/" + file.getString("project_id"));
      } catch (LabException refused) {
        LOG.log(Level.FINE, "a compute refused: {0}", refused.getMessage());
      }
    }
  }
}
