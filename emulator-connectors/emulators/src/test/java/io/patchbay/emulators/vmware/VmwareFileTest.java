package io.patchbay.emulators.vmware;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VmwareFileTest {
  @TempDir private Path directory;
  private Path path;

  @BeforeEach
  void name() {
    path = directory.resolve("one.vmx");
  }

  private VmwareFile file(String text, String charset) throws IOException {
    Files.write(path, text.getBytes(charset));
    return VmwareFile.read(path);
  }

  private String text(String charset) throws IOException {
    return new String(Files.readAllBytes(path), Charset.forName(charset));
  }

  @Test
  void whatIsNotChangedStaysToTheLetter() throws IOException {
    String before =
        "#!/usr/bin/vmware\r\n.encoding = \"windows-1252\"\r\n\r\n  displayName=\"K\u00fcche\"\r\n"
            + "# remark = 1\r\nnonsense\r\nEthernet0.Present = \"FALSE\"\r\nlast = \"a = b\"";
    VmwareFile file = file(before, "windows-1252");
    assertEquals(Optional.of("K\u00fcche"), file.get("DISPLAYNAME"));
    assertEquals(Optional.of("a = b"), file.get("last"));
    file.set("ethernet0.present", "TRUE");
    assertTrue(file.isTrue("ethernet0.PRESENT"));
    file.set("new", "\u00e4");
    file.write();
    assertEquals(
        before.replace("\"FALSE\"", "\"TRUE\"") + "\r\nnew = \"\u00e4\"\r\n", text("windows-1252"));
    file.remove("NEW");
    file.set("ethernet0.present", "FALSE");
    file.write();
    assertEquals(before + "\r\n", text("windows-1252"));
  }

  @Test
  void anEncodingThatIsUnknownLosesNothing() throws IOException {
    byte[] content = new byte[256 + 40];
    byte[] head = ".encoding = \"no-such-thing\"\nx = \"".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(head, 0, content, 0, head.length);
    for (int i = 0; i < 256; i++) {
      content[40 + i] = (byte) (i == '\n' ? ' ' : i);
    }
    Files.write(path, content);
    VmwareFile.read(path).write();
    assertArrayEquals(content, Files.readAllBytes(path));
    Files.write(path, new byte[0]);
    VmwareFile empty = VmwareFile.read(path);
    empty.set("a", "b");
    empty.write();
    assertEquals("a = \"b\"\n", text("UTF-8"));
  }

  @Test
  void whatEndsAValueIsEscaped() throws IOException {
    VmwareFile file = file("a = \"1\"\n", "UTF-8");
    file.set("a", "say \"x\" | #1\n");
    file.write();
    assertEquals("a = \"say |22x|22 |7C |231|0A\"\n", text("UTF-8"));
    assertEquals(Optional.of("say \"x\" | #1\n"), VmwareFile.read(path).get("a"));
  }

  @Test
  void permissionsAndLinksStay() throws IOException {
    file("a = \"1\"\n", "UTF-8");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-x---"));
    Path link = Files.createSymbolicLink(directory.resolve("link.vmx"), path);
    VmwareFile file = VmwareFile.read(link);
    file.set("a", "2");
    file.write();
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("a = \"2\"\n", text("UTF-8"));
    assertEquals("rwxr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
  }
}
