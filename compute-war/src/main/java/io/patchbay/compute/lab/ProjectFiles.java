package io.patchbay.compute.lab;

import io.patchbay.spi.DirectoryTree;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.IncomingFile;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The directory of a project. Nothing outside it can be read or written through here. */
public record ProjectFiles(Path directory) {
  private static final String TEMPORARY = "tmp";

  /** A file and its MD5 sum, by which a controller tells what changed. */
  public record Sum(String path, String md5sum) {}

  public List<Sum> list() {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .map(file -> new Sum(directory.relativize(file).toString(), md5(file)))
          .toList();
    } catch (IOException e) {
      throw LabException.conflict("The project's files cannot be listed: " + e.getMessage());
    }
  }

  private static String md5(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      byte[] buffer = new byte[1 << 16];
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        digest.update(buffer, 0, length);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw LabException.conflict("The file " + file + " cannot be read: " + e.getMessage());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A file that is there.
   *
   * @throws LabException FORBIDDEN outside the directory, NOT_FOUND if there is none
   */
  public Path existing(String path) {
    Path file = DirectoryTree.inside(directory, path);
    if (!Files.isRegularFile(file)) {
      throw LabException.notFound("File " + path + " not found");
    }
    return file;
  }

  /** Writes a file, with the directories that it needs; the old one stays if that fails. */
  public void write(String path, InputStream content) {
    Path file = DirectoryTree.inside(directory, path);
    try {
      Files.createDirectories(file.getParent());
      IncomingFile.write(file, content);
    } catch (IOException e) {
      throw LabException.conflict("The file " + path + " cannot be written: " + e.getMessage());
    }
  }

  void deleteNode(EmulatedNode node) {
    DirectoryTree.delete(
        directory
            .resolve("project-files")
            .resolve(node.kind().wireName())
            .resolve(node.id().toString()));
  }

  void deleteAll() {
    DirectoryTree.delete(directory);
  }

  void clearTemporary() {
    DirectoryTree.delete(directory.resolve(TEMPORARY));
  }
}
