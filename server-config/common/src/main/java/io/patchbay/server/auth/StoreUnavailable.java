package io.patchbay.server.auth;

/** A store cannot tell now whether a password is right, because something that it needs is away. */
public final class StoreUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
