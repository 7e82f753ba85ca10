package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Java's program that makes key stores, as administrators use it. */
public final class Keytool {
  private Keytool() {}

  /**
   * Makes a store with a key and its certificate for 127.0.0.1.
   *
   * @param type {@code PKCS12} or {@code JKS}
   * @param password of the store and of the key; ASCII
   */
  public static void make(Path file, String type, String alias, String password)
      throws IOException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=lab",
                    "-ext",
                    "SAN=ip:127.0.0.1",
                    "-storetype",
                    type,
                    "-keystore",
                    file.toString(),
                    "-alias",
                    alias,
                    "-storepass",
                    password,
                    "-keypass",
                    password))
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, keytool.waitFor(), output);
  }
}
