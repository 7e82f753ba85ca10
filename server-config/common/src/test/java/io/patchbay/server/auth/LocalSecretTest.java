package io.patchbay.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSecretTest {
  @TempDir private Path directory;

  private static LocalSecret secret(Path file) {
    return new LocalSecret(Optional.of(file), Optional.empty());
  }

  private static String basic(String both) {
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void controllersElsewhereShowItAsAPassword() throws Exception {
    Path file = directory.resolve("local-secret");
    LocalSecret made = secret(file);
    assertTrue(made.isIn(basic("controller:" + Files.readString(file))));
    assertFalse(made.isIn(basic("admin:" + Files.readString(file))));
    assertFalse(made.isIn(basic("controller:")));
  }

  @Test
  void aConfiguredOneIsInNoFileAndLongEnough() {
    Optional<Path> file = Optional.of(directory.resolve("local-secret"));
    String configured = "c".repeat(32);
    assertTrue(
        new LocalSecret(file, Optional.of(configured)).isIn(basic("controller:" + configured)));
    assertFalse(Files.exists(file.get()));
    Optional<String> tooShort = Optional.of("c".repeat(31));
    assertThrows(IllegalStateException.class, () -> new LocalSecret(file, tooShort));
  }

  @Test
  void bothWarsKnowTheSameAndNobodyElseMayReadIt() throws Exception {
    Path file = directory.resolve("run/local-secret");
    LocalSecret one = secret(file);
    String header = one.authorization().orElseThrow();
    assertTrue(secret(file).isIn(header));
    assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
    LocalSecret elsewhere = secret(directory.resolve("other"));
    for (String wrong : new String[] {null, "", "Bearer ", header + "0", header.substring(1)}) {
      assertFalse(one.isIn(wrong), wrong);
    }
    assertFalse(elsewhere.isIn(header));
  }

  @Test
  void aDamagedFileIsMadeAnew() throws Exception {
    Path file = Files.writeString(directory.resolve("local-secret"), "");
    String header = secret(file).authorization().orElseThrow();
    assertEquals("Bearer ".length() + 64, header.length());
  }

  @Test
  void whereNobodyIsAskedThereIsNone() {
    LocalSecret none = new LocalSecret(Optional.empty(), Optional.empty());
    assertTrue(none.authorization().isEmpty());
    assertFalse(none.isIn("Bearer "));
    assertFalse(none.isIn(null));
  }
}
