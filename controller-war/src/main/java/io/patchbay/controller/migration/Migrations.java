package io.patchbay.controller.migration;

import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Reads the project files of every GNS3 since 1.0. Of an older one a copy is kept beside it as
 * {@code NAME.gns3.backupN}, N being its revision, and files of the project move to where they are
 * now expected.
 */
public final class Migrations {
  /** The revision of GNS3 2.2. */
  public static final int CURRENT = 9;

  private static final List<Migration> STEPS =
      List.of(
          new ToRevision5(),
          new ToRevision6(),
          new ToRevision7(),
          new ToRevision8(),
          new ToRevision9());

  private Migrations() {}

  /**
   * @param file as of the present revision
   * @param converted whether the one on the disk is older and is yet to be replaced
   */
  public record Result(JsonObject file, boolean converted) {}

  /**
   * @param version of this server, which a converted file names
   * @throws IOException if it cannot be read or is no project file
   * @throws LabException (CONFLICT) if it is of a newer revision or cannot be converted
   */
  public static Result read(Path path, String version) throws IOException {
    JsonObject file = parse(path);
    int revision = revision(file);
    if (revision > CURRENT) {
      throw LabException.conflict(
          path.getFileName()
              + " is of file revision "
              + revision
              + " (version "
              + file.getOrDefault("version", file.get("revision"))
              + "); this server reads revisions up to "
              + CURRENT);
    }
    if (revision == CURRENT) {
      return new Result(tidy(path, file), false);
    }
    return new Result(convert(path, file, revision, version), true);
  }

  /** The file as it is, of whatever revision. */
  public static JsonObject parse(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path);
        JsonReader reader = Json.createReader(in)) {
      return Json.read(reader::readObject);
    } catch (JsonException | ClassCastException broken) {
      throw new IOException(path + " is not a project file", broken);
    }
  }

  /** 0 where the file names none, as the very first did. */
  public static int revision(JsonObject file) {
    return file.get("revision") instanceof JsonNumber number ? number.intValue() : 0;
  }

  private static JsonObject convert(Path path, JsonObject old, int revision, String version)
      throws IOException {
    Files.copy(
        path,
        path.resolveSibling(path.getFileName() + ".backup" + revision),
        StandardCopyOption.REPLACE_EXISTING);
    JsonObject file = old;
    try {
      for (Migration step : STEPS) {
        if (revision < step.revision()) {
          file =
              Json.createObjectBuilder(step.apply(file, path.toAbsolutePath().getParent()))
                  .add("revision", step.revision())
                  .build();
        }
      }
    } catch (ClassCastException | NullPointerException | IllegalArgumentException unexpected) {
      throw new IOException(path + " has a form that no version of GNS3 wrote", unexpected);
    }
    return tidy(path, Json.createObjectBuilder(file).add("version", version).build());
  }

  private static JsonObject tidy(Path path, JsonObject file) throws IOException {
    try {
      return Tidying.of(file);
    } catch (ClassCastException | NullPointerException unexpected) {
      throw new IOException(path + " has a form that no version of GNS3 wrote", unexpected);
    }
  }
}
