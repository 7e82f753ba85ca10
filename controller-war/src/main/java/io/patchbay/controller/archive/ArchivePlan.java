package io.patchbay.controller.archive;

import io.patchbay.controller.archive.ProjectTree.Member;
import io.patchbay.controller.project.Staging;
import io.patchbay.controller.project.TopologyFile;
import io.patchbay.controller.zip.Compression;
import io.patchbay.controller.zip.ZipWriter;
import io.patchbay.server.event.EventFeed;
import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What an archive will hold. It is made before the first byte is written, so that everything that
 * can be refused is refused in time; it must be closed.
 *
 * @param file the project's file as the archive has it
 * @param roots directories whose files go in, each with what is wanted of it
 * @param images from where, by their names in the archive
 * @param staging what other computes sent
 */
record ArchivePlan(
    String name,
    JsonObject file,
    Map<Path, List<Member>> roots,
    Map<String, Path> images,
    Staging staging,
    EventFeed feed)
    implements AutoCloseable {
  static final String PROJECT_FILE = "project.gns3";

  /** Writes the archive, reading each file as it goes. */
  void write(OutputStream out, Compression compression) throws IOException {
    Progress progress =
        new Progress(feed, file.getString("project_id", ""), "Export of " + name, size());
    try (ZipWriter zip = new ZipWriter(out, compression, staging.directory())) {
      zip.add(PROJECT_FILE, TopologyFile.bytes(file));
      for (Map.Entry<Path, List<Member>> root : roots.entrySet()) {
        for (Member member : root.getValue()) {
          add(zip, root.getKey(), member);
          progress.accept(member.size());
        }
      }
      for (Map.Entry<String, Path> image : images.entrySet()) {
        zip.add(image.getKey(), image.getValue());
        progress.accept(Files.size(image.getValue()));
      }
    }
  }

  private long size() throws IOException {
    long size = 0;
    for (Path image : images.values()) {
      size += Files.size(image);
    }
    return size + roots.values().stream().flatMap(List::stream).mapToLong(Member::size).sum();
  }

  private void add(ZipWriter zip, Path root, Member member) throws IOException {
    Path path = root.resolve(member.path());
    switch (member.kind()) {
      case FILE -> {
        if (Files.isReadable(path)) {
          zip.add(member.name(), path);
        } else {
          warn(member.name() + " cannot be read and is not exported");
        }
      }
      case LINK -> addLink(zip, member, path);
      case EMPTY_DIRECTORY -> zip.addDirectory(member.name());
    }
  }

  private void addLink(ZipWriter zip, Member member, Path path) throws IOException {
    try {
      zip.addLink(member.name(), Files.readSymbolicLink(path).toString());
    } catch (NoSuchFileException gone) {
      warn(member.name() + " is gone and is not exported");
    }
  }

  private void warn(String message) {
    feed.publish("log.warning", Json.createObjectBuilder().add("message", message).build());
  }

  @Override
  public void close() {
    staging.close();
  }
}
