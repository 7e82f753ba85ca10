package io.patchbay.runtime.image;

import io.patchbay.spi.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;

/**
 * What {@code qemu-img info} tells of a disk image.
 *
 * @param format found by looking at the content
 * @param virtualSize in bytes, as the guest sees it
 * @param backing the image that this one is laid over, as it is written in the file
 * @param snapshots names of the states that are saved in the image
 */
public record DiskInfo(
    String format,
    long virtualSize,
    boolean encrypted,
    Optional<String> backing,
    Optional<String> backingFormat,
    List<String> snapshots) {
  /**
   * @throws IOException if that is not what the program should print
   */
  static DiskInfo parse(String output) throws IOException {
    try (JsonReader reader = Json.createReader(new StringReader(output))) {
      JsonObject info = reader.readObject();
      return new DiskInfo(
          info.getString("format"),
          info.getJsonNumber("virtual-size").longValueExact(),
          info.getBoolean("encrypted", false),
          Optional.ofNullable(info.getString("backing-filename", null)),
          Optional.ofNullable(info.getString("backing-filename-format", null)),
          info.get("snapshots") instanceof JsonArray saved
              ? saved.getValuesAs(snapshot -> ((JsonObject) snapshot).getString("name"))
              : List.of());
    } catch (JsonException | NullPointerException | ClassCastException unexpected) {
      throw new IOException("qemu-img answered: " + output, unexpected);
    }
  }
}
