package io.patchbay.netstack.host;

/** What UDP and TCP need of either family. */
interface IpLayer {
  void send(Outgoing packet);

  /** Tells the sender that nobody listens at the port. */
  void portUnreachable(Incoming about);
}
