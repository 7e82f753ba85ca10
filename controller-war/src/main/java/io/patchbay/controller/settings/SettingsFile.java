package io.patchbay.controller.settings;

import io.patchbay.spi.DurableFile;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A JSON object in a file, all of it in memory: reads never wait, and a change is on the disk when
 * it is answered. A file that is broken is never written over; changes are then refused, so that an
 * administrator can mend it.
 */
public final class SettingsFile {
  private static final Logger LOG = Logger.getLogger(SettingsFile.class.getName());

  private final Path path;
  private volatile JsonObject content = JsonValue.EMPTY_JSON_OBJECT;
  private boolean broken;

  /** Reads the file; one that is not there is empty. */
  public SettingsFile(Path path) {
    this.path = path;
    reload();
  }

  public JsonObject content() {
    return content;
  }

  /** Reads the file again, for whoever changed it by hand. */
  public synchronized void reload() {
    broken = false;
    if (!Files.exists(path)) {
      content = JsonValue.EMPTY_JSON_OBJECT;
      return;
    }
    try (InputStream in = Files.newInputStream(path);
        JsonReader reader = Json.createReader(in)) {
      content = reader.readObject();
    } catch (IOException | JsonException e) {
      broken = true;
      LOG.log(Level.SEVERE, path + " cannot be read; it is left alone and counts as empty", e);
    }
  }

  /**
   * Changes the content; one change at a time.
   *
   * @param change makes the new content from the old one
   * @throws LabException (CONFLICT) if the file cannot be written; the content is then as it was
   */
  public synchronized JsonObject change(UnaryOperator<JsonObject> change) {
    JsonObject changed = change.apply(content);
    if (changed.equals(content)) {
      return changed;
    }
    if (broken) {
      throw LabException.conflict(
          "The change is refused, because the file " + path + " is broken and must be mended");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonWriter writer =
        Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true)).createWriter(out)) {
      writer.writeObject(changed);
    }
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      DurableFile.write(path, out.toByteArray());
    } catch (IOException e) {
      throw LabException.conflict("The change cannot be written to " + path);
    }
    content = changed;
    return changed;
  }
}
