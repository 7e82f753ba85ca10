package io.patchbay.controller.archive;

import io.patchbay.controller.archive.ProjectTree.Member;
import io.patchbay.controller.project.Staging;
import io.patchbay.controller.zip.Compression;
import io.patchbay.server.event.EventFeed;
import io.patchbay.spi.DirectoryTree;
import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Packs the snapshots of a copied project anew, under its name and ids. */
record SnapshotRenewal(Staging staging, NewIds ids, String projectId, String name) {

  /**
   * @throws io.patchbay.spi.LabException (CONFLICT) if a snapshot is damaged
   */
  void apply(Path snapshots) throws IOException {
    if (!Files.isDirectory(snapshots, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> archives;
    try (Stream<Path> all = Files.list(snapshots)) {
      archives =
          all.filter(file -> file.toString().matches(".*\\.gns3(snapshot|project)"))
              .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
              .toList();
    }
    for (Path archive : archives) {
      renew(archive);
    }
  }

  private void renew(Path archive) throws IOException {
    Path content = staging.make("snapshot");
    JsonObject file = ids.apply(ArchivedProject.unpack(archive, content), content);
    JsonObject renamed =
        Json.createObjectBuilder(file).add("project_id", projectId).add("name", name).build();
    List<Member> members = ProjectTree.list(content, true);
    Path fresh = staging.directory().resolve("archive");
    ArchivePlan plan =
        new ArchivePlan(
            name, renamed, Map.of(content, members), Map.of(), staging, new EventFeed());
    // Not closed: the staging directory is still needed.
    try (OutputStream out = Files.newOutputStream(fresh)) {
      plan.write(out, Compression.NONE);
    }
    Files.move(fresh, archive, StandardCopyOption.REPLACE_EXISTING);
    DirectoryTree.delete(content);
  }
}
