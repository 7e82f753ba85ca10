package io.patchbay.emulators.iou;

import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.spi.Json;
import io.patchbay.testkit.IolImage;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Nodes with the {@link IolImage}. */
final class TestIou {
  /** Others may test on this machine too. */
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() % 400));

  private TestIou() {}

  static int freshId() {
    return 1 + NEXT.getAndIncrement() % NetioNumbers.bridgeOf(NetioNumbers.LAST);
  }

  /** What a request says of such a node. */
  static JsonObjectBuilder settings(String name) {
    return Json.createObjectBuilder()
        .add("name", name)
        .add("path", IolImage.NAME)
        .add("application_id", freshId())
        .add("ram", 128)
        .add("nvram", 64);
  }

  /** Gives a compute the image, and a licence for this machine. */
  static void provide(ResourceAdapter adapter) {
    IolImage.provide(adapter);
    writeLicence(adapter, licence(host(), "0123456789abcdef;"));
  }

  static String host() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String licence(String host, String key) {
    return "[license]\n" + host + " = " + key + "\n";
  }

  /** Where the compute keeps what controllers send. */
  static Path licenceFile(ResourceAdapter adapter) {
    return adapter.config().runDirectory().resolveSibling("run-iou").resolve("iourc");
  }

  static void writeLicence(ResourceAdapter adapter, String text) {
    Path file = licenceFile(adapter);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
