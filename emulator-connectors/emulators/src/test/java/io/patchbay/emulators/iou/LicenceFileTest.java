package io.patchbay.emulators.iou;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.LabException;
import io.patchbay.spi.Licensed;
import io.patchbay.testkit.TestCompute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LicenceFileTest {
  private static final String HOST = TestIou.host();
  private static final String GOOD = TestIou.licence(HOST, "0123456789abcdef;");

  @TempDir private Path directory;
  private TestCompute compute;
  private IouConnector connector;
  private EmulatedNode node;

  @BeforeEach
  void open() throws IOException {
    compute = TestCompute.open(directory, TestCompute.roomy());
    TestIou.provide(compute.adapter());
    connector = new IouConnector(compute.adapter());
    node = connector.create(compute.site("R1"), TestIou.settings("R1").build());
    Files.delete(TestIou.licenceFile(compute.adapter()));
  }

  @AfterEach
  void close() {
    node.close();
    compute.close();
  }

  private void license(String text, boolean checked) {
    ((Licensed) node).license(Optional.of(text), Optional.of(checked));
  }

  private String refusal(String text) {
    license(text, true);
    LabException refused = assertThrows(LabException.class, node::start);
    assertEquals(ErrorCode.CONFLICT, refused.code());
    assertEquals("stopped", node.describe().getString("status"));
    return refused.getMessage();
  }

  private void assertStarts(String text) {
    license(text, true);
    node.start();
    assertEquals("started", node.describe().getString("status"));
    node.stop();
  }

  @Test
  void licencesThatAreNoneForThisMachineAreRefused() throws IOException {
    assertTrue(refusal("").contains("no IOU licence"));
    assertTrue(refusal("host = 0123456789abcdef;").contains("[license]"));
    assertTrue(refusal("[other]\n" + GOOD.substring(10)).contains("[license]"));
    assertTrue(refusal(TestIou.licence("other", "0123456789abcdef;")).contains(HOST));
    for (String key :
        new String[] {"0123456789abcdef", "0123456789abcde;", "0123456789abcdef0;", ""}) {
      assertTrue(refusal(TestIou.licence(HOST, key)).contains("16 characters"), key);
    }
    Files.write(TestIou.licenceFile(compute.adapter()), new byte[] {'[', (byte) 0xff});
    assertTrue(refusal("").contains("UTF-8"));
  }

  @Test
  void licencesForThisMachineAreTaken() throws IOException {
    assertStarts(GOOD);
    assertStarts(
        "# mine\n[gns3]\n[license]\nother=1\n" + HOST.toUpperCase() + ":0123456789abcdef;\n");
    Path file = TestIou.licenceFile(compute.adapter());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    // What came before counts on: a start without a text changes nothing.
    assertStarts("");
  }

  /** Which key is right is for the image to say. */
  @Test
  void wrongKeyIsRefusedByTheImage() {
    String words = refusal(TestIou.licence(HOST, "0000000000000000;"));
    assertTrue(words.contains("the licence is not one for this host"), words);
  }

  @Test
  void whoChecksNothingNeedsNone() {
    license("", false);
    node.start();
    assertEquals("started", node.describe().getString("status"));
  }
}
