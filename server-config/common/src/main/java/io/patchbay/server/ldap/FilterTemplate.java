package io.patchbay.server.ldap;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;

/**
 * A search filter in which {@code {0}} and {@code {1}} stand for values. Values are escaped as RFC
 * 4515 says, so they are never anything but values.
 */
record FilterTemplate(String key, String text) {
  private static final String FIRST = "{0}";
  private static final String SECOND = "{1}";

  /**
   * @param key the setting, for messages
   * @throws IllegalStateException if it is no filter
   */
  FilterTemplate {
    try {
      Filter.create(fill(text, "a", "b"));
    } catch (LDAPException noFilter) {
      throw new IllegalStateException(key + " is not an LDAP filter: " + text, noFilter);
    }
  }

  private static String fill(String text, String first, String second) {
    // In one go: what a value brings is not looked at again.
    StringBuilder filled = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith(FIRST, at)) {
        filled.append(Filter.encodeValue(first));
        at += FIRST.length();
      } else if (text.startsWith(SECOND, at)) {
        filled.append(Filter.encodeValue(second));
        at += SECOND.length();
      } else {
        filled.append(text.charAt(at++));
      }
    }
    return filled.toString();
  }

  Filter of(String first, String second) throws LDAPException {
    return Filter.create(fill(text, first, second));
  }
}
