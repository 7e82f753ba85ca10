package io.patchbay.server.auth;

import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import java.util.function.Predicate;

/** The one user of the configuration, as stock clients and stock controllers know it. */
final class StaticStore implements PasswordStore {
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
        ? new CredentialValidationResult(name)
        : CredentialValidationResult.INVALID_RESULT;
  }
}
