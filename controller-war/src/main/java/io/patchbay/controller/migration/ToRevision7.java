package io.patchbay.controller.migration;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** From the betas of GNS3 2.0: each Dynamips router got a directory of its own. */
final class ToRevision7 implements Migration {

  @Override
  public int revision() {
    return 7;
  }

  @Override
  public JsonObject apply(JsonObject file, Path directory) throws IOException {
    Path routers = directory.resolve("project-files").resolve("dynamips");
    for (JsonObject node : Topology.nodes(file)) {
      if (Topology.kind(node).equals("dynamips")
          && Topology.properties(node).get("dynamips_id") instanceof JsonNumber id) {
        Path own = routers.resolve(plain(node.getString("node_id")));
        Files.createDirectories(own.resolve("configs"));
        move(routers, "*_i" + id.intValue() + "_*", own);
        move(routers.resolve("configs"), "i" + id.intValue() + "_*", own.resolve("configs"));
      }
    }
    return file;
  }

  /** A name that leads nowhere else. */
  private static String plain(String id) {
    if (id.isEmpty() || id.contains("/") || id.contains("\\") || id.startsWith(".")) {
      throw new IllegalArgumentException("node_id " + id);
    }
    return id;
  }

  private static void move(Path from, String pattern, Path to) throws IOException {
    if (!Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(from, pattern)) {
      for (Path file : files) {
        Files.move(file, to.resolve(file.getFileName()));
      }
    }
  }
}
