package io.patchbay.server.auth;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;

/** A request whose caller is known, for those who ask by the servlet API or by JAX-RS. */
final class CallerRequest extends HttpServletRequestWrapper {
  private final Caller caller;

  CallerRequest(HttpServletRequest request, Caller caller) {
    super(request);
    this.caller = caller;
    request.setAttribute(Caller.ATTRIBUTE, caller);
  }

  @Override
  public String getAuthType() {
    return HttpServletRequest.BASIC_AUTH;
  }

  @Override
  public String getRemoteUser() {
    return caller.name();
  }

  @Override
  public Principal getUserPrincipal() {
    return caller;
  }

  @Override
  public boolean isUserInRole(String role) {
    return caller.role().wireName().equals(role);
  }
}
