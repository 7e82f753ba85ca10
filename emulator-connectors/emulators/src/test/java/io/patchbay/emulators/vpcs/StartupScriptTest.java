package io.patchbay.emulators.vpcs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.patchbay.spi.LabException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartupScriptTest {
  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("node/startup.vpc");
  }

  @Test
  void nameStandsWhereTheScriptWantsIt() throws IOException {
    StartupScript.write(file(), "set pcname %h\nip 10.0.0.1\n", "PC1");
    assertEquals("set pcname PC1\nip 10.0.0.1\n", Files.readString(file()));
  }

  @Test
  void newNameReplacesTheOldOneOnly() throws IOException {
    StartupScript.write(file(), "set pcname %h\nip 10.0.0.1\necho set pcname PC1\n", "PC1");
    StartupScript.rename(file(), "R$1\\é");
    assertEquals("set pcname R$1\\é\nip 10.0.0.1\necho set pcname PC1\n", Files.readString(file()));
  }

  @Test
  void aNameWithBlanksIsOneWord() throws IOException {
    StartupScript.write(file(), "set pcname %h\necho I am %h\n", "PC 1");
    assertEquals("set pcname \"PC 1\"\necho I am PC 1\n", Files.readString(file()));
    StartupScript.rename(file(), "the \"one\"");
    assertEquals("set pcname \"the 'one'\"\necho I am PC 1\n", Files.readString(file()));
    StartupScript.rename(file(), "PC1");
    assertEquals("set pcname PC1\necho I am PC 1\n", Files.readString(file()));
  }

  @Test
  void otherBytesOfTheScriptStay() throws IOException {
    byte[] script = "set pcname PC1\necho \u00e9\u00ff\n".getBytes(StandardCharsets.ISO_8859_1);
    Files.createDirectories(file().getParent());
    Files.write(file(), script);
    StartupScript.rename(file(), "PC2");
    assertArrayEquals(
        "set pcname PC2\necho \u00e9\u00ff\n".getBytes(StandardCharsets.ISO_8859_1),
        Files.readAllBytes(file()));
  }

  @Test
  void noScriptIsMadeForAName() {
    StartupScript.rename(file(), "PC2");
    assertFalse(Files.exists(file()));
  }

  @Test
  void placeThatCannotBeWrittenIsToldToTheUser() throws IOException {
    Files.writeString(directory.resolve("node"), "a file where a directory must be");
    assertThrows(LabException.class, () -> StartupScript.write(file(), "x", "PC1"));
  }
}
