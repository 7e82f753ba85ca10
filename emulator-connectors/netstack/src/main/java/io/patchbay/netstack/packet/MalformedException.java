package io.patchbay.netstack.packet;

/**
 * Octets that are not what they claim to be. Hostile frames come in floods, so it has no stack
 * trace and costs next to nothing.
 */
public final class MalformedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public MalformedException(String what) {
    super(what, null, false, false);
  }
}
