package io.patchbay.controller.node;

import io.patchbay.controller.compute.ComputePaths;
import io.patchbay.controller.project.Project;
import io.patchbay.server.config.Settings;
import io.patchbay.spi.DirectoryTree;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Gives computes the images that they lack and this server has. */
@Singleton
public class MissingImages {
  private final Path images;

  @Inject
  public MissingImages(Settings settings) {
    this(settings.images());
  }

  /**
   * @param images where the emulators' images are, in a directory for each
   */
  public MissingImages(Path images) {
    this.images = images;
  }

  /**
   * Lets a compute make a node, again after each image that it said it lacks and got.
   *
   * @throws LabException as the making does, also if an image is not here or lacks still
   */
  public void supplying(Project project, Node node, Runnable making) {
    supplying(node.type(), making, image -> upload(project, node, image));
  }

  void supplying(String kind, Runnable making, Consumer<Path> upload) {
    Set<Path> uploaded = new HashSet<>();
    while (true) {
      try {
        making.run();
        return;
      } catch (LabException refused) {
        upload.accept(lacking(kind, refused).filter(uploaded::add).orElseThrow(() -> refused));
      }
    }
  }

  /**
   * A compute names the image in its answer: by its place among the images, or by a path of its own
   * of which the last part counts.
   */
  private Optional<Path> lacking(String kind, LabException refused) {
    return NodeImages.hasDirectory(kind)
            && refused.details().get("image") instanceof JsonString image
        ? Stream.of(image.getString(), NodeImages.fileName(image.getString()))
            .flatMap(name -> find(kind, name).stream())
            .findFirst()
        : Optional.empty();
  }

  private Path directory(String kind) {
    return images.resolve(NodeImages.directory(kind));
  }

  private Optional<Path> find(String kind, String name) {
    try {
      return Optional.of(DirectoryTree.inside(directory(kind), name)).filter(Files::isRegularFile);
    } catch (LabException elsewhere) {
      return Optional.empty();
    }
  }

  private void upload(Project project, Node node, Path image) {
    String name = directory(node.type()).relativize(image).toString();
    tell(project, "Image " + name + " is being uploaded to compute " + node.compute().name());
    try (InputStream content = Files.newInputStream(image)) {
      node.compute().client().upload(ComputePaths.image(node.type(), name), content);
    } catch (IOException e) {
      throw LabException.conflict("Image " + name + " cannot be read: " + e.getMessage());
    }
    tell(project, "Image " + name + " is uploaded");
  }

  private static void tell(Project project, String message) {
    project.feed().publish("log.info", Json.createObjectBuilder().add("message", message).build());
  }
}
