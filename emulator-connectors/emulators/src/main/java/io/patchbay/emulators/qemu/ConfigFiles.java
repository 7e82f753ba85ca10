package io.patchbay.emulators.qemu;

import io.patchbay.runtime.process.Programs;
import io.patchbay.runtime.process.Tool;
import io.patchbay.spi.DirectoryTree;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The files of a node's {@link ConfigDisk} as an archive beside it, which clients read and write:
 * what is in a newer archive is put on the disk before a start, and what the guest has left there
 * is archived when the machine has ended. Works by mtools(1).
 *
 * @param directory of the node; exists
 */
record ConfigFiles(Path directory) {
  /** By the reference's name, which clients know. */
  static final String ARCHIVE = "config.zip";

  private static final int MOST_FILES = 1000;

  private Path disk() {
    return directory.resolve(ConfigDisk.NAME);
  }

  private Path archive() {
    return directory.resolve(ARCHIVE);
  }

  /**
   * Makes the disk if there is none, and brings it up to date with the archive.
   *
   * @param initial an archive for a disk that is new, unless the node has one already
   * @throws IOException if the archive cannot be used; the disk is as it was then
   * @throws LabException if a file of the archive leads elsewhere; the same
   */
  void load(Optional<Path> initial) throws IOException {
    if (!Files.exists(disk())) {
      if (initial.isPresent() && !Files.exists(archive())) {
        Files.copy(initial.get(), archive());
        Files.setLastModifiedTime(archive(), FileTime.fromMillis(System.currentTimeMillis()));
      }
      ConfigDisk.create(disk());
      if (Files.exists(archive())) {
        fill();
      }
    } else if (Files.exists(archive()) && time(archive()).compareTo(time(disk())) > 0) {
      fill();
    }
  }

  private static FileTime time(Path file) throws IOException {
    return Files.getLastModifiedTime(file);
  }

  private void fill() throws IOException {
    Path work = Files.createTempDirectory(directory, ".config");
    try {
      Path files = Files.createDirectory(work.resolve("files"));
      unpack(files);
      Path fresh = work.resolve(ConfigDisk.NAME);
      ConfigDisk.create(fresh);
      List<String> sources;
      try (Stream<Path> top = Files.list(files)) {
        sources = top.map(Path::toString).toList();
      }
      if (!sources.isEmpty()) {
        List<String> command = mtool("mcopy", fresh);
        command.addAll(List.of("-s", "-o", "--"));
        command.addAll(sources);
        command.add("::/");
        run(command);
      }
      Files.move(
          fresh, disk(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      DirectoryTree.delete(work);
    }
  }

  /** Trusts nothing of it: whoever may write the node's files may have made it. */
  private void unpack(Path target) throws IOException {
    int room = ConfigDisk.CAPACITY;
    int files = 0;
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (++files > MOST_FILES) {
          throw new ZipException("it has more than " + MOST_FILES + " files");
        }
        Path file = DirectoryTree.inside(target, entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          byte[] content = zip.readNBytes(room + 1);
          room -= content.length;
          if (room < 0) {
            throw new ZipException("it is larger than the configuration disk");
          }
          Files.createDirectories(file.getParent());
          Files.write(file, content);
        }
      }
    }
    if (files == 0) {
      throw new ZipException("it is no archive, or an empty one");
    }
  }

  /**
   * Archives what is on the disk, if the guest has written to it since that was done last.
   *
   * @throws IOException if it cannot be read; the archive is as it was then
   */
  void save() throws IOException {
    if (!Files.exists(disk())
        || (Files.exists(archive()) && time(archive()).compareTo(time(disk())) >= 0)) {
      return;
    }
    FileTime written = time(disk());
    Path work = Files.createTempDirectory(directory, ".config");
    try {
      List<String> names = names();
      if (names.isEmpty() && !Files.exists(archive())) {
        return;
      }
      Path fresh = work.resolve(ARCHIVE);
      Path content = work.resolve("content");
      try (OutputStream out = Files.newOutputStream(fresh);
          ZipOutputStream zip = new ZipOutputStream(out)) {
        for (String name : names) {
          zip.putNextEntry(new ZipEntry(name));
          if (!name.endsWith("/")) {
            read(name, content);
            Files.copy(content, zip);
          }
          zip.closeEntry();
        }
      }
      // So that the next start finds the disk as new as the archive.
      Files.setLastModifiedTime(fresh, written);
      Files.move(
          fresh, archive(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      DirectoryTree.delete(work);
    }
  }

  /** Of files and, with a slash at their end, of directories. */
  private List<String> names() throws IOException {
    List<String> command = mtool("mdir", disk());
    command.addAll(List.of("-/", "-b", "-a", "::/"));
    Tool.Result result = Tool.run(command);
    if (!result.isDone() && !result.errors().contains("\"::/\" not found")) {
      throw new IOException(result.errors().strip());
    }
    // Of an empty disk it is said that its root is not found.
    List<String> names =
        result
            .output()
            .lines()
            .filter(line -> line.startsWith("::/"))
            .map(line -> line.substring(3))
            .filter(name -> !name.isEmpty())
            .toList();
    if (names.size() > MOST_FILES) {
      throw new IOException("more than " + MOST_FILES + " files are on it");
    }
    return names;
  }

  /** One by one to a name of ours: those on the disk are the guest's, who may mean harm. */
  private void read(String name, Path content) throws IOException {
    List<String> command = mtool("mcopy", disk());
    // A backslash keeps mtools from taking a character for a pattern.
    String literal = name.replaceAll("[\\[\\]*?\\\\]", "\\\\$0");
    command.addAll(List.of("-o", "--", "::/" + literal, content.toString()));
    run(command);
  }

  private static List<String> mtool(String name, Path image) throws IOException {
    Path program =
        Programs.find(name)
            .orElseThrow(() -> new IOException("the program '" + name + "' is not installed"));
    return new ArrayList<>(
        List.of(program.toString(), "-i", image + "@@" + ConfigDisk.PARTITION_OFFSET));
  }

  private static Tool.Result run(List<String> command) throws IOException {
    Tool.Result result = Tool.run(command);
    if (!result.isDone()) {
      throw new IOException(result.errors().strip());
    }
    return result;
  }
}
