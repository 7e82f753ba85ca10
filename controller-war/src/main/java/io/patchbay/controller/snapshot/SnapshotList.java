package io.patchbay.controller.snapshot;

import io.patchbay.spi.DurableFile;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The snapshots of a project: archives in {@code snapshots} beside a list, {@code snapshots.conf},
 * both as GNS3 has them. Read from the disk once; after that, reads never wait. Thread-safe.
 */
public final class SnapshotList {
  private static final Logger LOG = Logger.getLogger(SnapshotList.class.getName());
  private static final String LIST = "snapshots.conf";

  private final String projectId;
  private final Path directory;
  private volatile List<Snapshot> known;

  /**
   * @param project its directory
   */
  public SnapshotList(String projectId, Path project) {
    this.projectId = projectId;
    this.directory = project.resolve("snapshots");
  }

  /** Oldest first, then by name. */
  List<Snapshot> all() {
    List<Snapshot> all = known;
    return all == null ? load() : all;
  }

  public int size() {
    return all().size();
  }

  Optional<Snapshot> find(String id) {
    return all().stream().filter(snapshot -> snapshot.id().equals(id)).findFirst();
  }

  Path archive(Snapshot snapshot) {
    return directory.resolve(snapshot.filename());
  }

  Path directory() {
    return directory;
  }

  synchronized void add(Snapshot snapshot) {
    List<Snapshot> more = new ArrayList<>(all());
    more.add(snapshot);
    keep(more);
    write();
  }

  synchronized void remove(Snapshot snapshot) {
    keep(all().stream().filter(other -> !other.equals(snapshot)).toList());
    write();
  }

  private void keep(List<Snapshot> snapshots) {
    known =
        snapshots.stream()
            .sorted(Comparator.comparingLong(Snapshot::createdAt).thenComparing(Snapshot::name))
            .toList();
  }

  private synchronized List<Snapshot> load() {
    if (known == null) {
      List<Snapshot> listed =
          listed().stream().filter(one -> Files.isRegularFile(archive(one))).toList();
      List<Snapshot> found = found(listed);
      List<Snapshot> all = new ArrayList<>(listed);
      all.addAll(found);
      keep(all);
      if (!found.isEmpty()) {
        // So that they keep their ids.
        write();
      }
    }
    return known;
  }

  private List<Snapshot> listed() {
    Path list = directory.resolve(LIST);
    if (Files.notExists(list)) {
      return List.of();
    }
    try (InputStream in = Files.newInputStream(list);
        JsonReader reader = Json.createReader(in)) {
      JsonArray entries = reader.readArray();
      return entries.getValuesAs(JsonObject.class).stream()
          .map(Snapshot::listed)
          .flatMap(Optional::stream)
          .toList();
    } catch (IOException | JsonException | ClassCastException broken) {
      LOG.log(Level.WARNING, "{0} cannot be read: {1}", new Object[] {list, broken.getMessage()});
      return List.of();
    }
  }

  private List<Snapshot> found(List<Snapshot> listed) {
    var names = listed.stream().map(Snapshot::filename).collect(Collectors.toSet());
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      List<Snapshot> found = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (Snapshot.isArchive(name)
            && !names.contains(name)
            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          found.add(Snapshot.found(name, Files.getLastModifiedTime(file).toInstant()));
        }
      }
      return found;
    } catch (IOException e) {
      LOG.log(Level.WARNING, "snapshots cannot be listed: {0}", e.getMessage());
      return List.of();
    }
  }

  private void write() {
    JsonArrayBuilder entries = Json.createArrayBuilder();
    known.forEach(snapshot -> entries.add(snapshot.describe(projectId)));
    byte[] content = entries.build().toString().getBytes(StandardCharsets.UTF_8);
    try {
      Files.createDirectories(directory);
      DurableFile.write(directory.resolve(LIST), content);
    } catch (IOException e) {
      throw LabException.conflict("The list of snapshots cannot be written: " + e.getMessage());
    }
  }
}
