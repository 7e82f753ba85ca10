package io.patchbay.emulators.iou;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.runtime.image.ImageKind;
import io.patchbay.runtime.process.Tool;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.LabException;
import io.patchbay.testkit.IolImage;
import io.patchbay.testkit.NodeProcesses;
import io.patchbay.testkit.TestCompute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that cannot be run, or do not do what they should. */
class IouImageTest {
  @TempDir private Path directory;
  private TestCompute compute;
  private IouConnector connector;
  private Path images;

  @BeforeEach
  void open() {
    compute = TestCompute.open(directory, TestCompute.roomy());
    TestIou.provide(compute.adapter());
    connector = new IouConnector(compute.adapter());
    images = compute.adapter().images().directory(ImageKind.IOU);
  }

  @AfterEach
  void close() {
    compute.close();
  }

  private void write(String name, byte[] content, String permissions) throws IOException {
    Files.write(images.resolve(name), content);
    Files.setPosixFilePermissions(
        images.resolve(name), PosixFilePermissions.fromString(permissions));
  }

  private void compile(String name, String source, String... options) throws IOException {
    Path file = directory.resolve(name + ".c");
    Files.writeString(file, source);
    List<String> command =
        new ArrayList<>(List.of("cc", "-o", "" + images.resolve(name), "" + file));
    command.addAll(List.of(options));
    Tool.Result result = Tool.run(command);
    assertEquals(0, result.status(), result.errors());
  }

  private String refusal(String image) {
    return refusal(image, false);
  }

  private String refusal(String image, boolean keepalives) {
    try (EmulatedNode node =
        connector.create(
            compute.site("R1"),
            TestIou.settings("R1").add("path", image).add("l1_keepalives", keepalives).build())) {
      LabException refused = assertThrows(LabException.class, node::start);
      assertEquals(ErrorCode.CONFLICT, refused.code());
      assertEquals("stopped", node.describe().getString("status"));
      assertEquals(List.of(), compute.events().statuses());
      assertEquals(List.of(), NodeProcesses.mentioning(directory.toString()));
      return refused.getMessage();
    }
  }

  @Test
  void imageThatIsMissingIsNamed() {
    LabException missing =
        assertThrows(
            LabException.class,
            () ->
                connector.create(
                    compute.site("R1"), TestIou.settings("R1").add("path", "none.bin").build()));
    assertEquals("none.bin", missing.details().get("image"));
  }

  /** Whoever may put files into a project may not have them run. */
  @Test
  void programsInAProjectDoNotCount() throws IOException {
    Path sneaked = directory.resolve("sneaked.bin");
    Files.copy(images.resolve(IolImage.NAME), sneaked, StandardCopyOption.COPY_ATTRIBUTES);
    for (String path : List.of("sneaked.bin", "../sneaked.bin", sneaked.toString())) {
      LabException refused =
          assertThrows(
              LabException.class,
              () ->
                  connector.create(
                      compute.site("R1"), TestIou.settings("R1").add("path", path).build()));
      assertEquals(ErrorCode.CONFLICT, refused.code());
    }
  }

  @Test
  void filesThatAreNoProgramsForThisMachineAreRefused() throws IOException {
    byte[] image = IolImage.bytes();
    write("text.bin", "no image at all".getBytes(), "rwx------");
    assertTrue(refusal("text.bin").contains("not a valid IOU image"));
    write("locked.bin", image, "rw-------");
    assertTrue(refusal("locked.bin").contains("not executable"));
    byte[] foreign = image.clone();
    // The machine, see elf(5): one that nobody has.
    foreign[18] = (byte) 0xfe;
    foreign[19] = (byte) 0x7f;
    write("foreign.bin", foreign, "rwx------");
    assertTrue(refusal("foreign.bin").contains("kind of processor"));
    Path gone = images.resolve("gone.bin");
    write("gone.bin", image, "rwx------");
    try (EmulatedNode node =
        connector.create(
            compute.site("R1"), TestIou.settings("R1").add("path", "gone.bin").build())) {
      Files.delete(gone);
      assertTrue(node.describe().containsKey("md5sum"));
      assertTrue(assertThrows(LabException.class, node::start).getMessage().contains("not there"));
    }
  }

  /** As a 32-bit image on a machine without 32-bit libraries. */
  @Test
  void imageWithoutItsLoaderIsRefused() throws IOException {
    compile("loader.bin", "int main(void) { return 0; }", "-Wl,--dynamic-linker=/lib/none.so.2");
    assertTrue(refusal("loader.bin").contains("32-bit"));
  }

  @Test
  void missingLibrariesAreNamed() throws IOException {
    Path library = directory.resolve("libpatchbaygone.so");
    Path source = directory.resolve("gone.c");
    Files.writeString(source, "int gone(void) { return 0; }");
    assertTrue(
        Tool.run(
                List.of(
                    "cc",
                    "-shared",
                    "-fPIC",
                    "-Wl,-soname,libpatchbaygone.so",
                    "-o",
                    "" + library,
                    "" + source))
            .isDone());
    compile("linked.bin", "int gone(void); int main(void) { return gone(); }", "" + library);
    Files.delete(library);
    assertTrue(refusal("linked.bin").contains("libpatchbaygone.so"));
  }

  @Test
  void imageThatEndsAtOnceIsRefusedWithItsWords() throws IOException {
    compile(
        "short.bin", "#include <stdio.h>\nint main(void) { puts(\"out of order\"); return 5; }");
    assertTrue(refusal("short.bin").contains("did not start: out of order"));
    assertTrue(refusal("short.bin", true).contains("keepalive"));
  }

  /** Whatever is asked of it, it only sleeps. */
  @Test
  void imageThatHangsKeepsNobodyWaitingForEver() throws IOException {
    compile("hanging.bin", "#include <unistd.h>\nint main(void) { for (;;) pause(); }");
    connector = new IouConnector(compute.adapter(), Duration.ofMillis(200));
    try (EmulatedNode node =
        connector.create(
            compute.site("R1"), TestIou.settings("R1").add("path", "hanging.bin").build())) {
      node.start();
      assertEquals("started", node.describe().getString("status"));
      node.stop();
    }
    assertEquals(List.of(), NodeProcesses.mentioning(directory.toString()));
  }

  @Test
  void longNamesAreCutForTheImageItself() throws IOException {
    String name = "i86bi-linux-l3-adventerprisek9-" + "x".repeat(60) + ".bin";
    write(name, IolImage.bytes(), "rwx------");
    try (EmulatedNode node =
        connector.create(compute.site("R1"), TestIou.settings("R1").add("path", name).build())) {
      node.start();
      Path files = Path.of(node.describe().getString("node_directory"));
      String cut = name.substring(0, 59) + ".bin";
      assertTrue(Files.isSymbolicLink(files.resolve(cut)));
    }
  }
}
