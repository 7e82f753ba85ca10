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
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a controller shows to the compute of this server in place of a user's password: configured,
 * or random in a file below {@code patchbay.run.path} that is its owner's only. Both WARs read it
 * there, because they share no classes; the first makes it anew when the machine's user has none
 * yet. Controllers elsewhere send it as the password of the user {@code controller}.
 */
@Singleton
public class LocalSecret {
  private static final String SCHEME = "Bearer ";
  private static final int LENGTH = 32;

  /** As whom controllers elsewhere are registered. */
  private static final String USER = "controller";

  /** Of all WARs in this process: class loaders differ, and interned strings do not. */
  private static final Object LOCK = "io.patchbay.local-secret".intern();

  private final Optional<String> header;
  private final Optional<String> basic;

  @Inject
  public LocalSecret(Settings settings) {
    this(
        settings.auth().asksNobody()
            ? Optional.empty()
            : Optional.of(settings.run().resolve("local-secret")),
        settings.computeSecret());
  }

  /**
   * @param file empty where nobody is asked
   * @throws IllegalStateException if the configured one could be guessed
   */
  LocalSecret(Optional<Path> file, Optional<String> configured) {
    if (configured.filter(text -> text.length() < LENGTH).isPresent()) {
      throw new IllegalStateException(
          "patchbay.compute.secret needs at least " + LENGTH + " characters");
    }
    Optional<String> secret;
    synchronized (LOCK) {
      secret = file.map(path -> configured.orElseGet(() -> readOrMake(path)));
    }
    header = secret.map(text -> SCHEME + text);
    basic =
        secret.map(
            text ->
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString((USER + ":" + text).getBytes(StandardCharsets.UTF_8)));
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
    return authorization != null && (isSame(authorization, header) || isSame(authorization, basic));
  }

  private static boolean isSame(String given, Optional<String> right) {
    return right.isPresent()
        && MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8), right.get().getBytes(StandardCharsets.UTF_8));
  }
}
