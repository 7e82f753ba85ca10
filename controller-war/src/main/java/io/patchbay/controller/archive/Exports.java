package io.patchbay.controller.archive;

import io.patchbay.controller.archive.PortableFile.Image;
import io.patchbay.controller.archive.ProjectTree.Member;
import io.patchbay.controller.compute.ComputePaths;
import io.patchbay.controller.compute.Computes;
import io.patchbay.controller.node.NodeImages;
import io.patchbay.controller.project.Project;
import io.patchbay.controller.project.Staging;
import io.patchbay.controller.zip.Compression;
import io.patchbay.server.config.Settings;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeKind;
import io.patchbay.spi.file.SparseOutput;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes portable archives ({@code .gns3project}) of projects. */
@Singleton
public class Exports {
  private final Settings settings;
  private final Computes computes;
  private final RemoteFiles remoteFiles;

  @Inject
  public Exports(Settings settings, Computes computes) {
    this.settings = settings;
    this.computes = computes;
    this.remoteFiles = new RemoteFiles(computes);
  }

  /**
   * Writes a project into an archive.
   *
   * @param archive must not be there
   * @throws LabException (CONFLICT) if a node runs or cannot be exported, or if files cannot be
   *     read or written
   */
  public void write(Project project, ExportOptions options, Compression compression, Path archive) {
    try (ArchivePlan plan = plan(project, options);
        OutputStream out = new SparseOutput(archive)) {
      plan.write(out, compression);
    } catch (IOException e) {
      throw LabException.conflict("The archive cannot be written: " + e.getMessage());
    }
  }

  ArchivePlan plan(Project project, ExportOptions options) {
    requireStopped(project);
    JsonObject file = project.snapshot();
    PortableFile portable = PortableFile.of(file, options);
    Staging staging = Staging.in(settings.projects());
    try {
      Map<Path, List<Member>> roots = new LinkedHashMap<>();
      roots.put(project.directory(), ProjectTree.list(project.directory(), options.snapshots()));
      if (!RemoteFiles.computes(file).isEmpty()) {
        Path fetched = staging.make("fetched");
        fetch(project, file, fetched);
        roots.put(fetched, ProjectTree.list(fetched, false));
      }
      return new ArchivePlan(
          "project " + project.name(),
          portable.file(),
          roots,
          images(portable.images(), staging),
          staging,
          project.feed());
    } catch (IOException e) {
      staging.close();
      throw LabException.conflict("The project's files cannot be read: " + e.getMessage());
    } catch (RuntimeException refused) {
      staging.close();
      throw refused;
    }
  }

  /** Files that change while they are read would make an archive of no use. */
  private static void requireStopped(Project project) {
    if (project.nodes().stream()
        .anyMatch(node -> !node.isStopped() && !node.has(NodeKind.Trait.ALWAYS_ON))) {
      throw LabException.conflict("The project runs; stop its nodes first");
    }
  }

  /**
   * Copies what other computes have of a project. They know it while it is open only, so nobody may
   * open or close it meanwhile.
   */
  public void fetch(Project project, JsonObject file, Path directory) {
    project.lifecycle().lock();
    try {
      remoteFiles.fetch(file, directory);
    } finally {
      if (!project.isOpen()) {
        remoteFiles.close(file);
      }
      project.lifecycle().unlock();
    }
  }

  private Map<String, Path> images(Set<Image> wanted, Staging staging) {
    Map<String, Path> images = new LinkedHashMap<>();
    for (Image image : wanted) {
      String name = NodeImages.fileName(image.value());
      String member = "images/" + NodeImages.directory(image.kind()) + "/" + name;
      if (!image.computeId().equals(Computes.LOCAL)) {
        Path target = staging.directory().resolve("image-" + images.size());
        computes
            .get(image.computeId())
            .client()
            .download(ComputePaths.image(image.kind(), image.value()), target);
        images.put(member, target);
      } else {
        localImage(image).ifPresent(path -> images.put(member, path));
      }
    }
    return images;
  }

  /** Only what is among the images: a path elsewhere could name any file of this machine. */
  private Optional<Path> localImage(Image image) {
    Path all = settings.images();
    try {
      Path path =
          all.resolve(NodeImages.directory(image.kind())).resolve(image.value()).normalize();
      boolean inside =
          path.startsWith(all)
              && Files.isRegularFile(path)
              && path.toRealPath().startsWith(all.toRealPath());
      return inside ? Optional.of(path) : Optional.empty();
    } catch (InvalidPathException | IOException noImage) {
      return Optional.empty();
    }
  }
}
