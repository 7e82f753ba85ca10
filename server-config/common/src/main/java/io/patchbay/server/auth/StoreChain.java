package io.patchbay.server.auth;

import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Stores in the order in which they are asked. The first that knows the user decides. One that is
 * away is passed over, so that a local user works while the directory is down.
 */
record StoreChain(List<PasswordStore> stores) {
  private static final Logger LOG = Logger.getLogger(StoreChain.class.getName());

  /**
   * @return empty if the name or the password is wrong
   * @throws StoreUnavailable if nobody knows the user and a store is away
   */
  Optional<CredentialValidationResult> validate(UsernamePasswordCredential given) {
    StoreUnavailable away = null;
    for (PasswordStore store : stores) {
      try {
        CredentialValidationResult result = store.validate(given);
        if (result.getStatus() != Status.NOT_VALIDATED) {
          return Optional.of(result).filter(decided -> decided.getStatus() == Status.VALID);
        }
      } catch (StoreUnavailable unavailable) {
        LOG.log(
            Level.SEVERE,
            "who calls cannot be found out: " + unavailable.getMessage(),
            unavailable);
        away = unavailable;
      }
    }
    if (away != null) {
      throw away;
    }
    return Optional.empty();
  }
}
