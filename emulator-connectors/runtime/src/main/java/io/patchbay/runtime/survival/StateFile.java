package io.patchbay.runtime.survival;

import io.patchbay.spi.DurableFile;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Writes files that must outlive a kill of this program but not a power loss. Replacing a file by
 * renaming costs ten times as much as writing over it, which counts when a class starts its lab.
 */
final class StateFile {
  /** A write within one page of memory happens before a kill or not at all. */
  private static final int PAGE = 4096;

  private StateFile() {}

  /**
   * @throws IOException if it cannot be written
   */
  static void write(Path file, JsonObject content) throws IOException {
    byte[] text = content.toString().getBytes(StandardCharsets.UTF_8);
    if (text.length > PAGE || !Files.exists(file) || !overwritten(file, text)) {
      DurableFile.writeUnforced(file, text);
    }
  }

  private static boolean overwritten(Path file, byte[] text) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      long length = channel.size();
      if (length > PAGE) {
        return false;
      }
      // Blanks cover what is left of a longer text: to cut the file would be a second step.
      byte[] covering = Arrays.copyOf(text, (int) Math.max(length, text.length));
      Arrays.fill(covering, text.length, covering.length, (byte) ' ');
      channel.write(ByteBuffer.wrap(covering));
      return true;
    }
  }
}
