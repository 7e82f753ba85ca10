package io.patchbay.server.auth;

import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;

/**
 * Users with passwords. Answers {@code NOT_VALIDATED} for users it does not know, so that the next
 * store is asked, and {@code INVALID} for a wrong password; may wait, and throws {@link
 * StoreUnavailable} when it cannot tell.
 */
public interface PasswordStore extends IdentityStore {

  @Override
  default CredentialValidationResult validate(Credential credential) {
    return credential instanceof UsernamePasswordCredential given
        ? check(given)
        : CredentialValidationResult.NOT_VALIDATED_RESULT;
  }

  /**
   * @param given its name and password are not empty and have no control characters
   */
  CredentialValidationResult check(UsernamePasswordCredential given);
}
