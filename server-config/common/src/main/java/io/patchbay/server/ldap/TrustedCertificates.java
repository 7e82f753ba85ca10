package io.patchbay.server.ldap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Which certificates the directory's servers may show. */
final class TrustedCertificates {
  private static final String PEM = "-----BEGIN CERTIFICATE-----";

  private TrustedCertificates() {}

  /**
   * @param store PEM, PKCS#12 or JKS; the JVM's own certificates if empty
   * @throws IllegalStateException if it cannot be read
   */
  static SSLContext context(Optional<Path> store, Optional<String> password) {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store.isPresent() ? read(store.get(), password) : null);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException broken) {
      throw new IllegalStateException(
          "patchbay.ldap.trust-store cannot be read: "
              + store.map(Path::toString).orElse("")
              + ": "
              + broken.getMessage(),
          broken);
    }
  }

  private static KeyStore read(Path file, Optional<String> password)
      throws GeneralSecurityException, IOException {
    byte[] content = Files.readAllBytes(file);
    if (!new String(content, StandardCharsets.ISO_8859_1).contains(PEM)) {
      return KeyStore.getInstance(file.toFile(), password.map(String::toCharArray).orElse(null));
    }
    KeyStore certificates = KeyStore.getInstance("PKCS12");
    certificates.load(null, null);
    int number = 0;
    for (Certificate certificate :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(content))) {
      certificates.setCertificateEntry("trusted-" + number++, certificate);
    }
    return certificates;
  }
}
