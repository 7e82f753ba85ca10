package io.patchbay.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersFileTest {
  private static final String HASH = PasswordHash.of("sesame").text();

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("users");
  }

  private UsersFile users(String content) throws IOException {
    Files.writeString(file, content);
    return new UsersFile(file);
  }

  private static CredentialValidationResult check(UsersFile users, String name, String password) {
    return users.validate(new UsernamePasswordCredential(name, password));
  }

  @Test
  void usersAreKnownByNameAndPassword() throws IOException {
    UsersFile users =
        users("# staff\n\nann:" + HASH + "\n bob:" + HASH + ":teachers, net-admins ,\n");
    assertEquals(Status.VALID, check(users, "ann", "sesame").getStatus());
    assertEquals(Set.of(), check(users, "ann", "sesame").getCallerGroups());
    assertEquals(Set.of("teachers", "net-admins"), check(users, "bob", "sesame").getCallerGroups());
    assertEquals(Status.INVALID, check(users, "ann", "Sesame").getStatus());
    assertEquals(Status.NOT_VALIDATED, check(users, "Ann", "sesame").getStatus());
    assertEquals(Status.NOT_VALIDATED, check(users, "# staff", "sesame").getStatus());
  }

  @Test
  void aChangedFileIsReadAgainAndABrokenOneIsNot() throws IOException {
    UsersFile users = users("ann:" + HASH + "\n");
    Files.writeString(file, "bob:" + HASH + "\ncarl:" + HASH + "\n");
    assertEquals(Status.VALID, check(users, "bob", "sesame").getStatus());
    assertEquals(Status.NOT_VALIDATED, check(users, "ann", "sesame").getStatus());
    Files.writeString(file, "ann:clear text\n");
    assertEquals(Status.VALID, check(users, "bob", "sesame").getStatus());
    Files.delete(file);
    assertEquals(Status.VALID, check(users, "bob", "sesame").getStatus());
  }

  @Test
  void aBrokenFileIsRefusedWithItsLineAndWithoutItsContent() {
    for (String broken :
        new String[] {
          "ann:clear text",
          ":" + HASH,
          "ann",
          "ann:" + HASH + ":a:b",
          "bob:" + HASH + "\nbob:" + HASH
        }) {
      IllegalStateException refused =
          assertThrows(IllegalStateException.class, () -> users("bob2:" + HASH + "\n" + broken));
      assertTrue(refused.getMessage().matches("(?s).*broken in line [23].*"), refused.getMessage());
      assertTrue(!refused.getMessage().contains("clear text"), refused.getMessage());
    }
    assertThrows(IllegalStateException.class, () -> new UsersFile(directory.resolve("not there")));
  }
}
