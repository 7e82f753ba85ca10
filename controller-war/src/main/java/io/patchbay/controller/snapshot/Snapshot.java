package io.patchbay.controller.snapshot;

import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A snapshot of a project.
 *
 * @param createdAt seconds since 1970
 * @param filename of the archive in the project's directory {@code snapshots}
 */
record Snapshot(String id, String name, long createdAt, String description, String filename) {
  static final String SUFFIX = ".gns3snapshot";

  /** GNS3 before 2.2.50 put the time into the file's name and kept no list. */
  static final String OLD_SUFFIX = ".gns3project";

  private static final DateTimeFormatter SPOKEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd 'at' HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final Pattern OLD = Pattern.compile("(.+)_(\\d{6}_\\d{6})\\.gns3project");
  private static final DateTimeFormatter OLD_TIME =
      DateTimeFormatter.ofPattern("ddMMyy_HHmmss").withZone(ZoneOffset.UTC);

  static Snapshot now(String name) {
    return of(name, Instant.now(), name + SUFFIX);
  }

  /**
   * One that is on the disk but on no list.
   *
   * @param changed when the file was written last
   */
  static Snapshot found(String filename, Instant changed) {
    Matcher old = OLD.matcher(filename);
    if (old.matches()) {
      try {
        return of(old.group(1), Instant.from(OLD_TIME.parse(old.group(2))), filename);
      } catch (DateTimeParseException noTime) {
        // An ordinary name that looks like one with a time.
      }
    }
    return of(filename.substring(0, filename.lastIndexOf('.')), changed, filename);
  }

  private static Snapshot of(String name, Instant created, String filename) {
    return new Snapshot(
        UUID.randomUUID().toString(),
        name,
        created.getEpochSecond(),
        "Snapshot '" + name + "' of " + SPOKEN.format(created),
        filename);
  }

  /** An entry of the list; empty if it cannot be used, such as when it names a file elsewhere. */
  static Optional<Snapshot> listed(JsonObject entry) {
    String filename = entry.getString("filename", "");
    String id = entry.getString("snapshot_id", "");
    String name = entry.getString("name", "");
    if (!isArchive(filename) || id.isEmpty() || name.isEmpty()) {
      return Optional.empty();
    }
    Snapshot plain = of(name, Instant.ofEpochSecond(entry.getInt("created_at", 0)), filename);
    return Optional.of(
        new Snapshot(
            id,
            name,
            plain.createdAt(),
            entry.getString("description", plain.description()),
            filename));
  }

  static boolean isArchive(String filename) {
    return (filename.endsWith(SUFFIX) || filename.endsWith(OLD_SUFFIX))
        && !filename.contains("/")
        && !filename.contains("\\");
  }

  JsonObject describe(String projectId) {
    return Json.createObjectBuilder()
        .add("snapshot_id", id)
        .add("name", name)
        .add("created_at", createdAt)
        .add("description", description)
        .add("filename", filename)
        .add("project_id", projectId)
        .build();
  }
}
