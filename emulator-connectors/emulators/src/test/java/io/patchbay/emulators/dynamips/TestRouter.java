package io.patchbay.emulators.dynamips;

import io.patchbay.emulators.dynamips.hypervisor.Hypervisors;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.image.ImageKind;
import io.patchbay.spi.DirectoryTree;
import io.patchbay.spi.Json;
import io.patchbay.testkit.router.LineCard;
import io.patchbay.testkit.router.RouterImage;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Routers with the {@link RouterImage}. */
final class TestRouter {
  static final String IMAGE = "patchbay-router.image";
  private static final Path TABLES = temporary();

  private TestRouter() {}

  /** What a request says of such a router. */
  static JsonObjectBuilder settings(String name) {
    return Json.createObjectBuilder()
        .add("name", name)
        .add("platform", "c7200")
        .add("npe", "npe-200")
        .add("image", IMAGE)
        .add("ram", 64)
        .add("disk0", 0)
        .add("idlemax", 20)
        .add("idlepc", "0x%016x".formatted(RouterImage.IDLE_PC));
  }

  /** What a request says of a router that has this card in slot 1. */
  static JsonObjectBuilder settings(String name, LineCard card) {
    return settings(name)
        .add("slot1", card.wireName())
        .add("image", image(card))
        .add("idlepc", "0x%016x".formatted(RouterImage.idlePc(card)));
  }

  private static String image(LineCard card) {
    return "patchbay-" + card.wireName() + ".image";
  }

  /** Puts the image where a compute has its images. */
  static void provide(ResourceAdapter adapter) {
    provide(adapter, IMAGE, RouterImage.bytes());
  }

  /** The same with the image for routers that have this card. */
  static void provide(ResourceAdapter adapter, LineCard card) {
    provide(adapter, image(card), RouterImage.bytes(card));
  }

  private static void provide(ResourceAdapter adapter, String name, byte[] content) {
    Path image = adapter.images().directory(ImageKind.DYNAMIPS).resolve(name);
    try {
      if (!Files.exists(image)) {
        Files.createDirectories(image.getParent());
        Files.write(image, content);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Keeps what a first Dynamips had to make, for those of later tests. Called before and after
   * each.
   */
  static void shareTables(ResourceAdapter adapter) throws IOException {
    Path place = Hypervisors.tables(adapter);
    link(TABLES, place);
    link(place, TABLES);
  }

  private static void link(Path from, Path to) throws IOException {
    try (Stream<Path> tables = Files.list(from)) {
      for (Path table : tables.toList()) {
        Path copy = to.resolve(table.getFileName());
        if (!Files.exists(copy)) {
          Files.createLink(copy, table);
        }
      }
    }
  }

  private static Path temporary() {
    try {
      Path directory = Files.createTempDirectory("dynamips-tables");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> DirectoryTree.delete(directory)));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
