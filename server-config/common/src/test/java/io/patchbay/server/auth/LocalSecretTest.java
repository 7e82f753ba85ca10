package io.patchbay.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSecretTest {
  @TempDir private Path directory;

  @Test
  void bothWarsKnowTheSameAndNobodyElseMayReadIt() throws Exception {
    Path file = directory.resolve("run/local-secret");
    LocalSecret one = new LocalSecret(Optional.of(file));
    String header = one.authorization().orElseThrow();
    assertTrue(new LocalSecret(Optional.of(file)).isIn(header));
    assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
    LocalSecret elsewhere = new LocalSecret(Optional.of(directory.resolve("other")));
    for (String wrong : new String[] {null, "", "Bearer ", header + "0", header.substring(1)}) {
      assertFalse(one.isIn(wrong), wrong);
    }
    assertFalse(elsewhere.isIn(header));
  }

  @Test
  void aDamagedFileIsMadeAnew() throws Exception {
    Path file = Files.writeString(directory.resolve("local-secret"), "");
    String header = new LocalSecret(Optional.of(file)).authorization().orElseThrow();
    assertEquals("Bearer ".length() + 64, header.length());
  }

  @Test
  void whereNobodyIsAskedThereIsNone() {
    LocalSecret none = new LocalSecret(Optional.empty());
    assertTrue(none.authorization().isEmpty());
    assertFalse(none.isIn("Bearer "));
    assertFalse(none.isIn(null));
  }
}
