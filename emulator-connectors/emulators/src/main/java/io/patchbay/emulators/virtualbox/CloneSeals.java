package io.patchbay.emulators.virtualbox;

import io.patchbay.spi.DurableFile;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Which settings files of linked clones are this server's own. Users can write into a project's
 * directory, and a machine's settings may name any file of this computer as a disk.
 *
 * @param directory where they are kept, outside of projects
 */
record CloneSeals(Path directory) {
  /** In the header of a VDI file. */
  private static final int MAGIC_OFFSET = 64;

  private static final int MAGIC = 0x7f10dabe;

  /** Notes a file as it is now. */
  void seal(UUID node, Path settings) throws IOException {
    Files.createDirectories(directory);
    forgetThoseThatAreGone();
    DurableFile.write(
        directory.resolve(node.toString()),
        (digest(settings) + "\n" + settings).getBytes(StandardCharsets.UTF_8));
  }

  private void forgetThoseThatAreGone() throws IOException {
    try (Stream<Path> seals = Files.list(directory)) {
      for (Path seal : seals.toList()) {
        List<String> lines = Files.readAllLines(seal);
        if (lines.size() != 2 || !Files.exists(Path.of(lines.get(1)))) {
          Files.deleteIfExists(seal);
        }
      }
    }
  }

  /**
   * @throws LabException (CONFLICT) if the file is not as it was sealed, or never was
   */
  void require(UUID node, Path settings) {
    try {
      Path seal = directory.resolve(node.toString());
      if (Files.exists(seal) && Files.readAllLines(seal).getFirst().equals(digest(settings))) {
        return;
      }
    } catch (IOException e) {
      // As good as none.
    }
    throw LabException.conflict(
        settings.getFileName()
            + " was not made by this server, or was changed since; only a local server uses it");
  }

  private static String digest(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether a file is a disk of VirtualBox's own format, which cannot lead to other files. */
  static boolean isOwnDisk(Path file) {
    try (var in = Files.newInputStream(file)) {
      byte[] header = in.readNBytes(MAGIC_OFFSET + Integer.BYTES);
      return header.length == MAGIC_OFFSET + Integer.BYTES
          && header[0] == '<'
          && ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(MAGIC_OFFSET) == MAGIC;
    } catch (IOException unreadable) {
      return false;
    }
  }
}
