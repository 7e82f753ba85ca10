package io.patchbay.netstack.link;

/** Keeps what goes wrong with one link from the threads that serve the others. */
public final class Containment {
  private static final System.Logger LOG = System.getLogger(Containment.class.getName());

  private Containment() {}

  /**
   * Notes that the code of a link failed.
   *
   * @throws OutOfMemoryError if that is the failure: it concerns everybody
   */
  public static void failed(String what, Throwable failure) {
    if (failure instanceof OutOfMemoryError fatal) {
      throw fatal;
    }
    LOG.log(System.Logger.Level.ERROR, what, failure);
  }
}
