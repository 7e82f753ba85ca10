package io.patchbay.payara;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The key and the certificate that HTTPS shows.
 *
 * @param alias of the key within the file
 */
record HttpsKeyStore(Path file, String password, String alias) {
  /** Of the one that is made here: who can read the file needs no password kept beside it. */
  static final String USUAL_PASSWORD = "changeit";

  private static final String ALIAS = "patchbay";
  private static final String DAYS = "3650";
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");

  /**
   * Opens a key store of any type that Java knows.
   *
   * @throws IllegalStateException with a sentence for the administrator if that cannot be done
   */
  static HttpsKeyStore open(Path file, String password) {
    try {
      KeyStore store = KeyStore.getInstance(file.toFile(), password.toCharArray());
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)) {
          store.getKey(alias, password.toCharArray());
          return new HttpsKeyStore(file, password, alias);
        }
      }
      throw new IllegalStateException("patchbay.https.key-store: there is no key in " + file);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "patchbay.https.key-store: %s cannot be opened with patchbay.https.key-store-password, which must be that of the key, too: %s"
              .formatted(file, e.getMessage()));
    }
  }

  /**
   * Makes one with a certificate that is signed by itself, for all names and addresses of this
   * machine; its owner alone may read it.
   */
  static HttpsKeyStore make(Path file) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      Files.createDirectories(parent);
      Path made =
          Files.createTempDirectory(
                  parent,
                  ".https",
                  PosixFilePermissions.asFileAttribute(
                      PosixFilePermissions.fromString("rwx------")))
              .resolve("store.p12");
      keytool(made);
      Files.setPosixFilePermissions(made, PRIVATE);
      Files.move(made, file);
      Files.delete(made.getParent());
      return open(file, USUAL_PASSWORD);
    } catch (IOException e) {
      throw new UncheckedIOException("the key store for HTTPS cannot be made in " + file, e);
    }
  }

  /**
   * Copies the key and its certificate to a store whose password has nothing but letters and digits
   * and is nobody's; its owner alone may read it.
   *
   * @param target is replaced
   */
  HttpsKeyStore copy(Path target) {
    char[] secret = HexFormat.of().formatHex(SecureRandom.getSeed(16)).toCharArray();
    char[] given = password.toCharArray();
    try {
      KeyStore from = KeyStore.getInstance(file.toFile(), given);
      KeyStore to = KeyStore.getInstance("PKCS12");
      to.load(null, secret);
      to.setKeyEntry(ALIAS, from.getKey(alias, given), secret, from.getCertificateChain(alias));
      Files.deleteIfExists(target);
      Files.createFile(target, PosixFilePermissions.asFileAttribute(PRIVATE));
      try (OutputStream out = Files.newOutputStream(target)) {
        to.store(out, secret);
      }
      return new HttpsKeyStore(target, new String(secret), ALIAS);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(
          "patchbay.https.key-store: %s cannot be copied to %s: %s"
              .formatted(file, target, e.getMessage()));
    }
  }

  /** Java itself has nothing else that makes certificates. */
  private static void keytool(Path file) throws IOException {
    String host = host();
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    ALIAS,
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-dname",
                    "CN=" + host,
                    "-ext",
                    "SAN=" + names(host),
                    "-ext",
                    "EKU=serverAuth",
                    "-validity",
                    DAYS,
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    USUAL_PASSWORD,
                    "-keystore",
                    file.toString()))
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .start();
    String output =
        new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (keytool.waitFor() != 0) {
        throw new IOException("keytool: " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "-");
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }

  private static String names(String host) throws IOException {
    Set<String> names = new TreeSet<>(Set.of("dns:localhost", "dns:" + host));
    for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (InetAddress address : Collections.list(card.getInetAddresses())) {
        if (!address.isLinkLocalAddress()) {
          names.add("ip:" + address.getHostAddress().replaceFirst("%.*", ""));
        }
      }
    }
    return names.stream().collect(Collectors.joining(","));
  }

  /** Of the certificate, as browsers show it, for those who must trust it by themselves. */
  String fingerprint() {
    try {
      KeyStore store = KeyStore.getInstance(file.toFile(), password.toCharArray());
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(store.getCertificate(alias).getEncoded());
      return HexFormat.ofDelimiter(":").formatHex(digest).toUpperCase(Locale.ROOT);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
