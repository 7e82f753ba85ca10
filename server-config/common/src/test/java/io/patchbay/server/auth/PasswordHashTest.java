package io.patchbay.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
  @Test
  void onlyItsOwnPasswordMatches() {
    PasswordHash hash = PasswordHash.parse(PasswordHash.of("sésame: ouvre-toi").text());
    assertTrue(hash.matches("sésame: ouvre-toi".toCharArray()));
    assertFalse(hash.matches("sesame: ouvre-toi".toCharArray()));
    assertFalse(hash.matches(new char[0]));
  }

  @Test
  void eachHasASaltOfItsOwn() {
    assertNotEquals(PasswordHash.of("x").text(), PasswordHash.of("x").text());
  }

  /**
   * Derived with Python: {@code hashlib.pbkdf2_hmac("sha256", b"secret", b"0123456789abcdef",
   * ...)}.
   */
  @Test
  void othersHashesAreUnderstood() {
    PasswordHash hash =
        PasswordHash.parse(
            "PBKDF2WithHmacSHA256:100000:MDEyMzQ1Njc4OWFiY2RlZg==:plwZLotEAEMO707yToj/A2wZs5Moai9JwWz+JsVD+Cc=");
    assertTrue(hash.matches("secret".toCharArray()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "PBKDF2WithHmacSHA1:210000:MDEyMzQ1Njc4OWFiY2RlZg==:MDEyMzQ1Njc4OWFiY2RlZg==",
        "PBKDF2WithHmacSHA256:2048:MDEyMzQ1Njc4OWFiY2RlZg==:MDEyMzQ1Njc4OWFiY2RlZg==",
        "PBKDF2WithHmacSHA256:many:MDEyMzQ1Njc4OWFiY2RlZg==:MDEyMzQ1Njc4OWFiY2RlZg==",
        "PBKDF2WithHmacSHA256:2000000000:MDEyMzQ1Njc4OWFiY2RlZg==:MDEyMzQ1Njc4OWFiY2RlZg==",
        "PBKDF2WithHmacSHA256:210000:MDEy:MDEyMzQ1Njc4OWFiY2RlZg==",
        "PBKDF2WithHmacSHA256:210000:MDEyMzQ1Njc4OWFiY2RlZg==:",
        "PBKDF2WithHmacSHA256:210000:MDEyMzQ1Njc4OWFiY2RlZg==:%%%",
        "PBKDF2WithHmacSHA256:210000:MDEyMzQ1Njc4OWFiY2RlZg==:MDEyMzQ1Njc4OWFiY2RlZg==:more"
      })
  void whatIsNoStrongHashIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> PasswordHash.parse(text));
  }

  @Test
  void aHashIsNotPrintedByAccident() {
    assertEquals("PBKDF2WithHmacSHA512:210000", PasswordHash.of("x").toString());
  }
}
