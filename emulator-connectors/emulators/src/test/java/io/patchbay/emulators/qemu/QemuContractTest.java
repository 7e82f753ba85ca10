package io.patchbay.emulators.qemu;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.image.ImageKind;
import io.patchbay.runtime.process.Programs;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.Json;
import io.patchbay.spi.PortAddress;
import io.patchbay.testkit.Behaviour;
import io.patchbay.testkit.ConnectorContract;
import io.patchbay.testkit.Passage;
import io.patchbay.testkit.TestGuest;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** With the QEMU that is installed, and a Linux in it; skipped if there is none. */
class QemuContractTest extends ConnectorContract {
  private static final PortAddress PORT = new PortAddress(0, 0);
  private static final String ADDRESS = "10.77.0.1";

  @Override
  protected EmulatorConnector connector(ResourceAdapter adapter) {
    assumeTrue(Programs.find("qemu-system-x86_64").isPresent(), "needs qemu-system-x86_64");
    TestGuest.assumeAvailable();
    provide(adapter, "vmlinuz", TestGuest.kernel());
    provide(adapter, "initrd", TestGuest.initrd());
    return new QemuConnector(adapter);
  }

  /** Makes a file one of the compute's images. */
  static void provide(ResourceAdapter adapter, String name, Path file) {
    Path image = adapter.images().directory(ImageKind.QEMU).resolve(name);
    try {
      if (!Files.exists(image)) {
        Files.createDirectories(image.getParent());
        Files.createSymbolicLink(image, file.toAbsolutePath());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected Set<Behaviour> lacks() {
    return Set.of(Behaviour.ONE_LINK_PER_PORT, Behaviour.FIXED_PORTS, Behaviour.RELOAD_STARTS);
  }

  @Override
  protected JsonObject settings(String name) {
    return Json.createObjectBuilder()
        .add("name", name)
        .add("platform", "x86_64")
        .add("ram", 96)
        .add("adapter_type", "virtio-net-pci")
        .add("kernel_image", "vmlinuz")
        .add("initrd", "initrd")
        .add("kernel_command_line", "console=ttyS0 quiet patchbay.ip=" + ADDRESS + "/24")
        .build();
  }

  @Override
  protected List<Passage> passages() {
    return List.of(Passage.answeredArp(PORT, ADDRESS));
  }

  @Override
  protected Map.Entry<String, String> conversation() {
    return Map.entry("echo a$((6*7))b", "a42b");
  }
}
