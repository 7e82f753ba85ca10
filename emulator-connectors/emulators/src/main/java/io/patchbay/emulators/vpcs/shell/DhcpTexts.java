package io.patchbay.emulators.vpcs.shell;

import io.patchbay.netstack.packet.DhcpMessage;
import io.patchbay.netstack.packet.Macs;
import io.patchbay.netstack.packet.Octets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How an exchange with a DHCP server is shown. */
final class DhcpTexts {
  private static final List<String> TYPES =
      List.of(
          "Unknown", "Discover", "Offer", "Request", "Decline", "Ack", "Nak", "Release", "Inform");

  private DhcpTexts() {}

  /** One letter for a message, such as D for a discover. */
  static String letter(DhcpMessage message) {
    return switch (message.type()) {
      case DhcpMessage.DISCOVER -> "D";
      case DhcpMessage.OFFER -> "O";
      case DhcpMessage.REQUEST -> "R";
      case DhcpMessage.ACK -> "A";
      default -> "";
    };
  }

  static void print(Screen screen, DhcpMessage message) {
    screen.line("Opcode: " + (message.isRequest() ? "1 (REQUEST)" : "2 (REPLY)"));
    screen.line("Client IP Address: " + message.clientAddress());
    screen.line("Your IP Address: " + message.yourAddress());
    screen.line("Server IP Address: " + message.nextServer());
    screen.line("Gateway IP Address: " + message.relay());
    screen.line("Client MAC Address: " + Macs.text(message.clientMac()));
    for (Map.Entry<Integer, Octets> option : message.options().entrySet()) {
      String text = describe(message, option.getKey(), option.getValue());
      if (!text.isEmpty()) {
        screen.line("Option " + option.getKey() + ": " + text);
      }
    }
    screen.line("");
  }

  private static String describe(DhcpMessage message, int code, Octets value) {
    return switch (code) {
      case DhcpMessage.MESSAGE_TYPE ->
          "Message Type = " + TYPES.get(message.type() < TYPES.size() ? message.type() : 0);
      case DhcpMessage.HOST_NAME -> "Host Name = " + message.text(code).orElse("");
      case DhcpMessage.CLIENT ->
          value.length() == 7 && value.u8(0) == 1
              ? "Client Identifier = Hardware Type=Ethernet MAC Address = "
                  + Macs.text(value.u48(1))
              : "";
      case DhcpMessage.SERVER -> "DHCP Server = " + addresses(message, code);
      case DhcpMessage.REQUESTED_ADDRESS -> "Requested IP Address = " + addresses(message, code);
      case DhcpMessage.LEASE_TIME -> "Lease Time = " + message.seconds(code).orElse(0L);
      case DhcpMessage.RENEWAL_TIME -> "Renewal Time = " + message.seconds(code).orElse(0L);
      case DhcpMessage.REBINDING_TIME -> "Rebinding Time = " + message.seconds(code).orElse(0L);
      case DhcpMessage.SUBNET_MASK -> "Subnet Mask = " + addresses(message, code);
      case DhcpMessage.ROUTERS -> "Router = " + addresses(message, code);
      case DhcpMessage.DNS_SERVERS -> "DNS Server = " + addresses(message, code);
      case DhcpMessage.DOMAIN -> "Domain = " + message.text(code).orElse("");
      default -> "";
    };
  }

  private static String addresses(DhcpMessage message, int code) {
    return message.addresses(code).stream().map(Object::toString).collect(Collectors.joining(" "));
  }
}
