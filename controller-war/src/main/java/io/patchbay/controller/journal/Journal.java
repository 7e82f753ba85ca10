package io.patchbay.controller.journal;

import io.patchbay.spi.DurableFile;
import io.patchbay.spi.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A file of JSON objects to which more are added: a line for each, of the object's CRC-32C in eight
 * hexadecimal digits, a space and the object. What is appended survives the end of this process at
 * once, a power loss perhaps not. The end of the file may be empty lines, which hold room on the
 * disk. Not thread-safe.
 */
final class Journal {
  private static final int DIGITS = 8;

  private final Path file;
  private long end;
  private long size;

  /**
   * @param file which this journal alone writes from now on, and which it takes to be empty until
   *     {@link #restart}
   */
  Journal(Path file) {
    this.file = file;
  }

  boolean isEmpty() {
    return end == 0;
  }

  /**
   * What is in a journal, up to a line that was not wholly written; nothing if there is none.
   *
   * @throws IOException if it cannot be read
   */
  static List<JsonObject> read(Path file) throws IOException {
    List<JsonObject> objects = new ArrayList<>();
    String text;
    try {
      text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (NoSuchFileException none) {
      return objects;
    }
    // Without its line end a line may be cut off.
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
      if (line.length() <= DIGITS
          || !line.substring(0, DIGITS).equals(checksum(line.substring(DIGITS + 1)))) {
        break;
      }
      try (JsonReader reader = Json.createReader(new StringReader(line.substring(DIGITS + 1)))) {
        objects.add(reader.readObject());
      } catch (JsonException broken) {
        break;
      }
    }
    return objects;
  }

  private static String checksum(String json) {
    CRC32C sum = new CRC32C();
    sum.update(json.getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(sum.getValue());
  }

  private static byte[] lines(List<JsonObject> objects) {
    StringBuilder lines = new StringBuilder();
    for (JsonObject object : objects) {
      String json = object.toString();
      lines.append(checksum(json)).append(' ').append(json).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @throws IOException if not all of it could be written; none of it counts then
   */
  void append(List<JsonObject> objects) throws IOException {
    byte[] lines = lines(objects);
    write(lines, end);
    end += lines.length;
    size = Math.max(size, end);
  }

  /**
   * Sees to it that so many bytes can be appended even if the disk gets full.
   *
   * @throws IOException if the disk has no room for them
   */
  void reserve(long bytes) throws IOException {
    if (size < end + bytes) {
      byte[] room = new byte[Math.toIntExact(end + bytes - size)];
      Arrays.fill(room, (byte) '\n');
      write(room, size);
      size += room.length;
    }
  }

  private void write(byte[] content, long position) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      try {
        while (buffer.hasRemaining()) {
          channel.write(buffer, position + buffer.position());
        }
      } catch (IOException full) {
        channel.truncate(end);
        size = end;
        throw full;
      }
    }
  }

  /**
   * Replaces everything, in one step.
   *
   * @throws IOException if that fails; everything is as it was then
   */
  void restart(List<JsonObject> objects) throws IOException {
    if (objects.isEmpty()) {
      Files.deleteIfExists(file);
      end = 0;
    } else {
      byte[] lines = lines(objects);
      DurableFile.writeUnforced(file, lines);
      end = lines.length;
    }
    size = end;
  }
}
