package io.patchbay.server.auth;

import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A name and a password as they came by HTTP Basic (RFC 7617, in UTF-8). */
final class BasicCredential extends UsernamePasswordCredential {
  private static final String SCHEME = "Basic ";

  /** Longer ones are nobody's, and hashing them would cost. */
  private static final int LONGEST = 1024;

  private final transient HttpServletRequest request;

  BasicCredential(HttpServletRequest request, String name, String password) {
    super(name, password);
    this.request = request;
  }

  /**
   * Reads the {@code Authorization} header; empty without one and for one that cannot be anybody's.
   * An empty password is nobody's: a directory takes it for an anonymous login, and grants it.
   */
  static Optional<BasicCredential> of(HttpServletRequest request) {
    String header = request.getHeader("Authorization");
    if (header == null
        || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        || header.length() > 4 * LONGEST) {
      return Optional.empty();
    }
    String both;
    try {
      byte[] bytes = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
      both = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException malformed) {
      return Optional.empty();
    }
    int colon = both.indexOf(':');
    boolean usable =
        colon > 0
            && colon < both.length() - 1
            && both.length() <= LONGEST
            && both.codePoints().noneMatch(Character::isISOControl);
    return usable
        ? Optional.of(
            new BasicCredential(request, both.substring(0, colon), both.substring(colon + 1)))
        : Optional.empty();
  }

  /** The request it came with. */
  HttpServletRequest request() {
    return request;
  }
}
