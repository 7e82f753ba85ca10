package io.patchbay.testkit;

import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.image.ImageKind;
import io.patchbay.runtime.process.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A program that does what IOL's images do, iol.c beside this class; compiled once, by the C
 * compiler of the machine.
 */
public final class IolImage {
  /** How nodes name it. */
  public static final String NAME = "patchbay-iol.bin";

  private static final Path BUILT = build();

  private IolImage() {}

  /** The host that answers at an Ethernet port. */
  public static String hostAt(int bay, int unit) {
    return "10.77.%d.%d".formatted(bay, unit + 1);
  }

  private static Path build() {
    try {
      Path directory = Files.createTempDirectory("patchbay-iol");
      Path source = directory.resolve("iol.c");
      try (InputStream in = IolImage.class.getResourceAsStream("iol.c")) {
        Files.copy(in, source);
      }
      Path program = directory.resolve(NAME);
      Tool.Result result =
          Tool.run(
              List.of(
                  "cc", "-O1", "-Wall", "-Wno-format-truncation", "-o", "" + program, "" + source));
      if (!result.isDone()) {
        throw new IllegalStateException("it does not compile: " + result.errors());
      }
      for (Path file : List.of(directory, source, program)) {
        file.toFile().deleteOnExit();
      }
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException("is there a C compiler?", e);
    }
  }

  /** Its content. */
  public static byte[] bytes() {
    try {
      return Files.readAllBytes(BUILT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts it where a compute has its images. */
  public static Path provide(ResourceAdapter adapter) {
    Path image = adapter.images().directory(ImageKind.IOU).resolve(NAME);
    try {
      Files.createDirectories(image.getParent());
      if (!Files.exists(image)) {
        Files.copy(BUILT, image, StandardCopyOption.COPY_ATTRIBUTES);
      }
      return image;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
