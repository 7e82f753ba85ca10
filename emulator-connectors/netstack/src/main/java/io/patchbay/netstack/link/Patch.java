package io.patchbay.netstack.link;

/** Joins two link ends so that frames pass both ways. */
public final class Patch {
  private Patch() {}

  public static void join(LinkEnd one, LinkEnd other) {
    one.receiver(other::send);
    other.receiver(one::send);
  }
}
