package io.patchbay.runtime.survival;

import io.patchbay.spi.DirectoryTree;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where a compute writes down what it runs, so that the next one takes it up again after a kill: a
 * directory for each project with {@code project.json} and a file for each node. Files are replaced
 * at once and not forced to the disk, because after a power loss nothing of them runs. Thread-safe
 * for different nodes.
 */
public final class RunStates implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RunStates.class.getName());
  private static final String PROJECT_FILE = "project.json";
  private static final String SUFFIX = ".json";

  private final Path directory;
  private final FileChannel lock;

  /** A project and its nodes as they were written down. */
  public record Saved(JsonObject project, List<NodeState> nodes) {}

  /**
   * @param directory made if it is not there; of this compute alone
   * @throws IllegalStateException if it cannot be used, or another server uses it
   */
  public RunStates(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
      lock =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new IllegalStateException("The directory " + directory + " cannot be used", e);
    }
    if (!locked()) {
      close();
      throw new IllegalStateException(
          "Another server runs with the directory " + directory + "; give this one its own home");
    }
  }

  private boolean locked() {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException | IOException taken) {
      return false;
    }
  }

  /** Writes down a project; its nodes follow by {@link #save}. */
  public void saveProject(UUID id, JsonObject project) {
    Path file = projectDirectory(id).resolve(PROJECT_FILE);
    try {
      Files.createDirectories(file.getParent());
      StateFile.write(file, project);
    } catch (IOException e) {
      throw LabException.conflict("The state of the project cannot be kept: " + e.getMessage());
    }
  }

  /**
   * Writes down a node. That it cannot be, as on a full disk, is logged and no error: the node
   * works, only it would not survive a kill.
   */
  public void save(UUID project, NodeState node) {
    try {
      StateFile.write(nodeFile(project, node.nodeId()), node.toJson());
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING, "the state of node " + node.nodeId() + " is not kept", e);
    }
  }

  public void forget(UUID project, UUID node) {
    try {
      Files.deleteIfExists(nodeFile(project, node));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the state of node " + node + " stays", e);
    }
  }

  public void forgetProject(UUID project) {
    try {
      DirectoryTree.delete(projectDirectory(project));
    } catch (LabException e) {
      LOG.log(System.Logger.Level.WARNING, "the state of project " + project + " stays", e);
    }
  }

  private Path projectDirectory(UUID project) {
    return directory.resolve(project.toString());
  }

  private Path nodeFile(UUID project, UUID node) {
    return projectDirectory(project).resolve(node + SUFFIX);
  }

  /** Everything that was written down. What cannot be read is logged and left out. */
  public List<Saved> load() {
    List<Saved> all = new ArrayList<>();
    for (Path project : list(directory)) {
      if (Files.isDirectory(project)) {
        read(project.resolve(PROJECT_FILE), Function.identity())
            .ifPresent(settings -> all.add(new Saved(settings, nodes(project))));
      }
    }
    return all;
  }

  private static List<NodeState> nodes(Path project) {
    return list(project).stream()
        .filter(file -> file.toString().endsWith(SUFFIX))
        .filter(file -> !file.endsWith(PROJECT_FILE))
        .flatMap(file -> read(file, NodeState::of).stream())
        .toList();
  }

  private static List<Path> list(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    } catch (IOException e) {
      throw new IllegalStateException("The directory " + directory + " cannot be read", e);
    }
  }

  private static <T> Optional<T> read(Path file, Function<JsonObject, T> parse) {
    try (InputStream in = Files.newInputStream(file);
        JsonReader reader = Json.createReader(in)) {
      return Optional.of(parse.apply(reader.readObject()));
    } catch (IOException | RuntimeException damaged) {
      LOG.log(System.Logger.Level.WARNING, file + " cannot be read and is left out", damaged);
      return Optional.empty();
    }
  }

  /** Lets another server use the directory. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the lock of " + directory + " cannot be given back", e);
    }
  }
}
