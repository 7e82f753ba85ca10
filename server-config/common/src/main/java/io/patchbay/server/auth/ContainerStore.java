package io.patchbay.server.auth;

import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;

/**
 * The application server's own realm, by the servlet API, so that nothing here depends on the
 * server. Which realm that is, is its configuration.
 */
final class ContainerStore implements PasswordStore {

  @Override
  public CredentialValidationResult check(UsernamePasswordCredential given) {
    if (!(given instanceof BasicCredential basic)) {
      return CredentialValidationResult.NOT_VALIDATED_RESULT;
    }
    HttpServletRequest request = basic.request();
    try {
      if (request.getUserPrincipal() != null) {
        // Open Liberty has looked at the header by itself, and lets nobody in twice.
        request.logout();
      }
      request.login(given.getCaller(), given.getPasswordAsString());
      // Whom the request is from is said by us from here on; the server shall not remember it.
      request.logout();
      return new CredentialValidationResult(given.getCaller());
    } catch (ServletException refused) {
      return CredentialValidationResult.NOT_VALIDATED_RESULT;
    }
  }
}
