package io.patchbay.payara;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.it.Keytool;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  private String command(String setting) throws IOException {
    return Files.readAllLines(target).stream()
        .filter(line -> line.contains("https-listener.ssl." + setting + "="))
        .map(line -> line.substring(line.indexOf('=') + 1))
        .findFirst()
        .orElseThrow();
  }

  /** The certificate that the server is told to show. */
  private Certificate shown() throws Exception {
    char[] password = command("key-store-password").toCharArray();
    KeyStore store = KeyStore.getInstance(new File(command("key-store")), password);
    String alias = command("cert-nickname");
    assertNotNull(store.getKey(alias, password));
    return store.getCertificate(alias);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "PKCS12,lab,two words",
        "JKS,lab,secret1",
        "PKCS12,my lab,it's \"quoted\" \\ once",
        "JKS,my lab,it's \"quoted\" \\ once",
        "JKS,lab,pa$$word#=",
      })
  void anyPasswordWillDo(String type, String alias, String password) throws Exception {
    Path file = home.resolve("own store." + type);
    Keytool.make(file, type, alias, password);
    assertUsed(file, password, alias);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JKS"})
  void passwordsNeedNotBeAscii(String type) throws Exception {
    Path first = home.resolve("first");
    Keytool.make(first, type, "lab", "secret1");
    KeyStore store = KeyStore.getInstance(first.toFile(), "secret1".toCharArray());
    String password = "gehe\u00eem \u5bc6\u7801 \ud83d\udd11";
    store.setKeyEntry(
        "lab",
        store.getKey("lab", "secret1".toCharArray()),
        password.toCharArray(),
        store.getCertificateChain("lab"));
    Path file = home.resolve("named");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, password.toCharArray());
    }
    assertUsed(file, password, "lab");
  }

  private void assertUsed(Path file, String password, String alias) throws Exception {
    given.put("patchbay.https.port", "3443");
    given.put("patchbay.https.key-store", file.toString());
    given.put("patchbay.https.key-store-password", password);
    String told = write().orElseThrow();
    KeyStore configured = KeyStore.getInstance(file.toFile(), password.toCharArray());
    assertEquals(configured.getCertificate(alias), shown());
    assertTrue(told.contains("fingerprint"), told);
    assertEquals(
        PosixFilePermissions.fromString("rw-------"),
        Files.getPosixFilePermissions(Path.of(command("key-store"))));
    if (!password.matches("\\w+")) {
      assertFalse(Files.readString(target).contains(password));
    }
    given.put("patchbay.https.key-store-password", "wrong one");
    IllegalStateException wrong = assertThrows(IllegalStateException.class, this::write);
    assertTrue(wrong.getMessage().contains("key-store-password"), wrong.getMessage());
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
