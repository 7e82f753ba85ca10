package io.patchbay.server.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What users bind as: a distinguished name such as {@code uid={0},ou=people,dc=example,dc=org}, or
 * for Active Directory {@code {0}@example.org} or <code>EXAMPLE&#92;{0}</code>.
 */
final class NamePattern {
  private static final String NAME = "{0}";

  /** What could not be part of such a name in Active Directory either. */
  private static final Pattern UNFIT = Pattern.compile("[\\s\"/\\\\\\[\\]:;|=,+*?<>@#]");

  private final String text;
  private final Optional<DN> dn;

  /**
   * @throws IllegalStateException if it has no place for the name or is no distinguished name
   */
  NamePattern(String text) {
    this.text = text;
    if (!text.contains(NAME)) {
      throw new IllegalStateException("patchbay.ldap.user-pattern has no {0}: " + text);
    }
    try {
      dn = text.contains("=") ? Optional.of(new DN(text)) : Optional.empty();
    } catch (LDAPException noName) {
      throw new IllegalStateException(
          "patchbay.ldap.user-pattern is not a distinguished name: " + text, noName);
    }
  }

  /**
   * Puts the name into the parsed pattern, not into its text, so that it stays one value whatever
   * is in it; the SDK escapes it as RFC 4514 says.
   *
   * @return empty if nobody can have this name
   */
  Optional<String> apply(String name) {
    if (dn.isPresent()) {
      RDN[] parts =
          Arrays.stream(dn.get().getRDNs()).map(part -> fill(part, name)).toArray(RDN[]::new);
      return Optional.of(new DN(parts).toString());
    }
    return UNFIT.matcher(name).find() ? Optional.empty() : Optional.of(text.replace(NAME, name));
  }

  private static RDN fill(RDN part, String name) {
    String[] values =
        Arrays.stream(part.getAttributeValues())
            .map(value -> value.replace(NAME, name))
            .toArray(String[]::new);
    return new RDN(part.getAttributeNames(), values);
  }
}
