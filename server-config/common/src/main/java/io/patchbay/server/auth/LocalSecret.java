package io.patchbay.server.auth;

import io.patchbay.server.config.Settings;
import io.patchbay.spi.DurableFile;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What the controller shows to the compute on the same server in place of a user's password:
 * random, in a file below {@code patchbay.run.path} that is its owner's only. Both WARs read it
 * there, because they share no classes; the first makes it anew when the machine's user has none
 * yet.
 */
@Singleton
public class LocalSecret {
  private static final String SCHEME = "Bearer ";
  private static final int LENGTH = 32;

  /** Of all WARs in this process: class loaders differ, and interned strings do not. */
  private static final Object LOCK = "io.patchbay.local-secret".intern();

  private final Optional<String> header;

  @Inject
  public LocalSecret(Settings settings) {
    this(
        settings.auth().asksNobody()
            ? Optional.empty()
            : Optional.of(settings.run().resolve("local-secret")));
  }

  LocalSecret(Optional<Path> file) {
    synchronized (LOCK) {
      header = file.map(path -> SCHEME + readOrMake(path));
    }
  }

  private static String readOrMake(Path file) {
    try {
      if (Files.exists(file)) {
        String known = Files.readString(file).strip();
        if (known.length() == 2 * LENGTH) {
          return known;
        }
      }
      byte[] random = new byte[LENGTH];
      new SecureRandom().nextBytes(random);
      String made = HexFormat.of().formatHex(random);
      Files.createDirectories(file.toAbsolutePath().getParent());
      DurableFile.writePrivate(file, made.getBytes(StandardCharsets.UTF_8));
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException("the local secret cannot be kept in " + file, e);
    }
  }

  /** The {@code Authorization} header that has it; empty where nobody is asked. */
  public Optional<String> authorization() {
    return header;
  }

  /**
   * @param authorization the header of a request, or null
   */
  boolean isIn(String authorization) {
    return authorization != null
        && header.isPresent()
        && MessageDigest.isEqual(
            authorization.getBytes(StandardCharsets.UTF_8),
            header.get().getBytes(StandardCharsets.UTF_8));
  }
}
