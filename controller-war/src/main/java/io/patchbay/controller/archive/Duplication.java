package io.patchbay.controller.archive;

import io.patchbay.controller.archive.ProjectTree.Member;
import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.ProjectNames;
import io.patchbay.controller.project.Staging;
import io.patchbay.server.auth.Caller;
import io.patchbay.spi.LabException;
import io.patchbay.spi.file.FileCopy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** Copies projects, also while their nodes run: the copy then has what is on the disk. */
@Singleton
public class Duplication {
  private final Exports exports;
  private final ProjectMaker maker;

  @Inject
  public Duplication(Exports exports, ProjectMaker maker) {
    this.exports = exports;
    this.maker = maker;
  }

  /**
   * @param name a taken one gets a number
   * @param path where the copy will live; as usual if empty
   * @param creator whose the copy becomes; empty where the server asks nobody
   * @return the copy, closed
   * @throws LabException (CONFLICT) if that fails; nothing of the copy stays
   */
  Project copy(
      Project source,
      String name,
      Optional<Path> path,
      boolean resetMacAddresses,
      Optional<Caller> creator) {
    String id = UUID.randomUUID().toString();
    Path home = path.orElseGet(() -> maker.usualHome(id));
    if (ProjectNames.isOccupied(home)) {
      throw LabException.conflict("The directory " + home + " is not empty");
    }
    try (Staging staging = Staging.in(home.toAbsolutePath().getParent())) {
      Path tree = staging.make("project");
      JsonObject file = source.snapshot();
      for (Member member : ProjectTree.list(source.directory(), true)) {
        copy(member, source.directory(), tree);
      }
      if (!RemoteFiles.computes(file).isEmpty()) {
        exports.fetch(source, file, tree);
      }
      return maker.make(
          new ProjectMaker.Wish(
              id, Optional.of(name), home, resetMacAddresses, true, false, creator),
          staging,
          tree,
          file);
    } catch (IOException e) {
      throw LabException.conflict("The project cannot be copied: " + e.getMessage());
    }
  }

  private static void copy(Member member, Path from, Path to) throws IOException {
    Path target = to.resolve(member.path());
    try {
      switch (member.kind()) {
        case EMPTY_DIRECTORY -> Files.createDirectories(target);
        case FILE -> {
          Files.createDirectories(target.getParent());
          FileCopy.copy(from.resolve(member.path()), target);
        }
        case LINK -> {
          Files.createDirectories(target.getParent());
          Files.copy(from.resolve(member.path()), target, LinkOption.NOFOLLOW_LINKS);
        }
      }
    } catch (NoSuchFileException gone) {
      // A node that runs may take a file away.
    }
  }
}
