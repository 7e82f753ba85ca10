package io.patchbay.server.auth;

import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Users of a file, one a line: {@code name:algorithm:iterations:salt:hash} and, after another
 * colon, groups separated by commas. Empty lines and lines that begin with {@code #} mean nothing.
 * The file is read again when it has changed; one that is then broken is said in the log, and the
 * users stay as they were. Thread-safe.
 */
final class UsersFile implements PasswordStore {
  private static final Logger LOG = Logger.getLogger(UsersFile.class.getName());
  private static final int FIELDS = 1 + PasswordHash.FIELDS;

  /** Checked for unknown users, so that the time of an answer does not tell who is there. */
  private static final PasswordHash NOBODYS = PasswordHash.of("nobody's");

  private final Path file;
  private volatile Content content;

  private record User(PasswordHash password, Set<String> groups) {}

  private record Content(Stamp stamp, Map<String, User> users) {}

  private record Stamp(FileTime modified, long size) {
    static Stamp of(Path file) throws IOException {
      return new Stamp(Files.getLastModifiedTime(file), Files.size(file));
    }
  }

  /**
   * @throws IllegalStateException if the file cannot be read or is broken
   */
  UsersFile(Path file) {
    this.file = file;
    try {
      content = read(Stamp.of(file));
    } catch (IOException e) {
      throw new IllegalStateException(
          "The users file " + file + " (patchbay.auth.users-file) cannot be read", e);
    }
  }

  private Content read(Stamp stamp) throws IOException {
    Map<String, User> users = new HashMap<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        try {
          String[] fields = line.split(":", -1);
          if (users.put(fields[0].strip(), user(fields)) != null) {
            throw new IllegalArgumentException("this user is there twice");
          }
        } catch (IllegalArgumentException broken) {
          throw new IllegalStateException(
              "The users file %s is broken in line %d: %s"
                  .formatted(file, i + 1, broken.getMessage()));
        }
      }
    }
    return new Content(stamp, Map.copyOf(users));
  }

  private static User user(String[] fields) {
    if (fields[0].isBlank() || fields.length < FIELDS || fields.length > FIELDS + 1) {
      throw new IllegalArgumentException("a line has the form name:hash or name:hash:group,group");
    }
    PasswordHash hash = PasswordHash.parse(String.join(":", Arrays.copyOfRange(fields, 1, FIELDS)));
    String groups = fields.length > FIELDS ? fields[FIELDS] : "";
    return new User(
        hash,
        Arrays.stream(groups.split(","))
            .map(String::strip)
            .filter(group -> !group.isEmpty())
            .collect(Collectors.toUnmodifiableSet()));
  }

  private Map<String, User> users() {
    Content now = content;
    try {
      Stamp stamp = Stamp.of(file);
      if (!stamp.equals(now.stamp())) {
        now = read(stamp);
        content = now;
      }
    } catch (IOException | IllegalStateException broken) {
      LOG.log(Level.SEVERE, "the users stay as they were: {0}", broken.getMessage());
    }
    return now.users();
  }

  @Override
  public CredentialValidationResult check(UsernamePasswordCredential given) {
    User user = users().get(given.getCaller());
    char[] password = given.getPassword().getValue();
    if (user == null) {
      NOBODYS.matches(password);
      return CredentialValidationResult.NOT_VALIDATED_RESULT;
    }
    return user.password().matches(password)
        ? new CredentialValidationResult(given.getCaller(), user.groups())
        : CredentialValidationResult.INVALID_RESULT;
  }
}
