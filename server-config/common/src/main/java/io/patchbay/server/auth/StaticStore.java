package io.patchbay.server.auth;

import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The one user of the configuration, as stock clients and stock controllers know it; always an
 * administrator.
 */
final class StaticStore implements PasswordStore {
  /** By which a result tells that it is from here: a name may be in other stores too. */
  static final String ID = "user";

  private final String name;
  private final Predicate<char[]> password;

  StaticStore(String name, Predicate<char[]> password) {
    this.name = name;
    this.password = password;
  }

  @Override
  public CredentialValidationResult check(UsernamePasswordCredential given) {
    if (!given.getCaller().equals(name)) {
      return CredentialValidationResult.NOT_VALIDATED_RESULT;
    }
    return password.test(given.getPassword().getValue())
        ? new CredentialValidationResult(ID, name, null, name, Set.of())
        : CredentialValidationResult.INVALID_RESULT;
  }
}
