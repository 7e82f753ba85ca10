package io.patchbay.emulators.qemu;

import static io.patchbay.testkit.Nodes.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.runtime.image.ImageKind;
import io.patchbay.runtime.image.QemuImg;
import io.patchbay.runtime.process.Programs;
import io.patchbay.runtime.process.Tool;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.testkit.NodeProcesses;
import io.patchbay.testkit.TestCompute;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A compute with machines without a guest, by the QEMU that is installed: only firmware runs in
 * them.
 */
abstract class QemuLab {
  @TempDir Path directory;
  TestCompute compute;
  QemuConnector connector;

  @BeforeEach
  final void open() {
    assumeTrue(Programs.find("qemu-system-x86_64").isPresent(), "needs qemu-system-x86_64");
    assumeTrue(Programs.find("qemu-img").isPresent(), "needs qemu-img");
    compute = TestCompute.open(directory, TestCompute.roomy());
    connector = new QemuConnector(compute.adapter());
  }

  @AfterEach
  final void nothingStays() {
    if (compute != null) {
      try {
        assertEquals(Set.of(), Set.copyOf(compute.adapter().udpPorts().leased()));
        assertEquals(0, compute.adapter().processes().endStrays());
      } finally {
        compute.close();
      }
    }
  }

  /** A body with these settings, written with ' for ". */
  static JsonObject body(String settings) {
    String text =
        "{'name': 'VM', 'platform': 'x86_64', 'ram': 32, 'options': '-machine accel=tcg'"
            + (settings.isEmpty() ? "" : ", " + settings)
            + "}";
    return object(text);
  }

  static JsonObject object(String text) {
    return Json.createReader(new StringReader(text.replace('\'', '"'))).readObject();
  }

  final EmulatedNode create(String settings) {
    return connector.create(compute.site("VM"), body(settings));
  }

  final Path image(String name) throws IOException {
    Path image = compute.adapter().images().directory(ImageKind.QEMU).resolve(name);
    Files.createDirectories(image.getParent());
    return image;
  }

  final Path disk(String name) throws IOException {
    return qcow2(name, "1M");
  }

  /** As qemu-img makes it, whatever it lies over. */
  final Path qcow2(String name, String... more) throws IOException {
    Path image = image(name);
    List<String> command =
        new ArrayList<>(List.of("qemu-img", "create", "-q", "-f", "qcow2", image.toString()));
    command.addAll(List.of(more));
    Tool.Result result = Tool.run(command);
    assertEquals(0, result.status(), result.errors());
    return image;
  }

  static QemuImg qemuImg() {
    return new QemuImg(Programs.find("qemu-img").orElseThrow());
  }

  static LabException refused(Runnable request) {
    return assertThrows(LabException.class, request::run);
  }

  /** Starts in vain: clear words, and nothing is left. */
  final void assertStartFails(EmulatedNode node, String words) {
    try (node) {
      compute.events().forget();
      LabException failed = refused(node::start);
      assertEquals(ErrorCode.CONFLICT, failed.code());
      assertTrue(failed.getMessage().contains(words), failed.getMessage());
      assertEquals("stopped", status(node));
      assertEquals(List.of(), compute.events().statuses());
      assertEquals(Set.of(), Set.copyOf(compute.adapter().udpPorts().leased()));
      assertEquals(0, compute.adapter().processes().endStrays());
    }
  }

  static ProcessHandle process(EmulatedNode node) {
    return NodeProcesses.of(node.describe().getString("command_line")).getFirst();
  }
}
