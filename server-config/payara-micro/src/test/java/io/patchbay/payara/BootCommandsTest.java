package io.patchbay.payara;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootCommandsTest {
  private static final String COMMON =
      """
      # A comment.
      set configs.config.server-config.network-config.protocols.protocol.http-listener.http.x=1
      set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address=127.0.0.1
      """;

  @TempDir private Path home;
  private Path common;
  private Path target;
  private final Map<String, String> given = new HashMap<>();

  @BeforeEach
  void prepare() throws IOException {
    common = Files.writeString(home.resolve("common"), COMMON);
    target = home.resolve("boot.asadmin");
    given.put("patchbay.home", home.toString());
  }

  private Optional<String> write() throws IOException {
    return BootCommands.write(common, target, new BootSettings(given::get));
  }

  private boolean has(String command) throws IOException {
    return Files.readAllLines(target).stream().anyMatch(line -> line.endsWith(command));
  }

  @Test
  void withoutAPortThereIsNoHttps() throws IOException {
    assertEquals(Optional.empty(), write());
    assertEquals(COMMON.lines().toList(), Files.readAllLines(target));
    assertFalse(Files.exists(home.resolve("https.p12")));
  }

  @Test
  void aCertificateIsMadeOnceAndStays() throws Exception {
    given.put("patchbay.https.port", "3443");
    String first = write().orElseThrow();
    assertTrue(has("https-listener.http.x=1"));
    assertTrue(has("https-listener.port=3443"));
    assertTrue(has("https-listener.address=127.0.0.1"));
    assertTrue(has("https-listener.ssl.key-store=" + home.resolve("https.p12")));
    assertTrue(has("https-listener.ssl.cert-nickname=patchbay"));
    for (Path secret : List.of(target, home.resolve("https.p12"))) {
      assertEquals(
          PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(secret));
    }
    KeyStore store =
        KeyStore.getInstance(home.resolve("https.p12").toFile(), "changeit".toCharArray());
    X509Certificate certificate = (X509Certificate) store.getCertificate("patchbay");
    assertTrue(certificate.getSubjectAlternativeNames().contains(List.of(2, "localhost")));
    assertTrue(certificate.getSubjectAlternativeNames().contains(List.of(7, "127.0.0.1")));
    assertEquals(first, write().orElseThrow());
    try (var left = Files.list(home)) {
      assertEquals(0, left.filter(file -> file.toString().contains(".https")).count());
    }
  }

  @Test
  void whatIsConfiguredIsUsed() throws Exception {
    HttpsKeyStore.make(home.resolve("own.p12"));
    Files.writeString(
        home.resolve("patchbay.properties"),
        """
        patchbay.https.port=8443
        patchbay.https.host=0.0.0.0
        patchbay.https.key-store=${patchbay.home}/own.p12
        patchbay.https.key-store-password=changeit
        """);
    assertTrue(write().orElseThrow().startsWith("HTTPS at https://0.0.0.0:8443"));
    assertTrue(has("https-listener.ssl.key-store=" + home.resolve("own.p12")));
    assertTrue(has("https-listener.address=0.0.0.0"));
    given.put("patchbay.https.port", "9443");
    write();
    assertTrue(has("https-listener.port=9443"));
  }

  @Test
  void whatCannotBeUsedIsSaid() throws Exception {
    given.put("patchbay.https.port", "3443");
    given.put("patchbay.https.key-store", home.resolve("gone.p12").toString());
    given.put("patchbay.https.key-store-password", "secret-one");
    IllegalStateException missing = assertThrows(IllegalStateException.class, this::write);
    assertTrue(missing.getMessage().contains("gone.p12"), missing.getMessage());
    HttpsKeyStore.make(home.resolve("gone.p12"));
    IllegalStateException wrong = assertThrows(IllegalStateException.class, this::write);
    assertTrue(wrong.getMessage().contains("key-store-password"), wrong.getMessage());
    assertFalse(wrong.getMessage().contains("secret-one"));
    given.put("patchbay.https.key-store-password", "changeit");
    given.put("patchbay.https.host", "a b");
    assertThrows(IllegalStateException.class, this::write);
    assertFalse(Files.exists(target));
  }
}
