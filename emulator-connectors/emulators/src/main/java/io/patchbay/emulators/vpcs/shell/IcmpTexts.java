package io.patchbay.emulators.vpcs.shell;

import java.util.List;

/** What the types and codes of ICMP mean, in the words that VPCS has for them. */
final class IcmpTexts {
  private static final List<String> UNREACHABLE =
      List.of(
          "Destination network unreachable",
          "Destination host unreachable",
          "Destination protocol unreachable",
          "Destination port unreachable",
          "Fragmentation required, and DF flag set",
          "Source route failed",
          "Destination network unknown",
          "Destination host unknown",
          "Source host isolated",
          "Network administratively prohibited",
          "Host administratively prohibited",
          "Network unreachable for TOS",
          "Host unreachable for TOS",
          "Communication administratively prohibited");
  private static final List<String> EXCEEDED =
      List.of("TTL expired in transit", "Fragment reassembly time exceeded");
  private static final List<String> UNREACHABLE_6 =
      List.of(
          "No route to destination",
          "Communication with destination administratively prohibited",
          "Beyond scope of source address",
          "Address unreachable",
          "Port unreachable",
          "Source address failed ingress/egress policy",
          "Reject route to destination");
  private static final List<String> EXCEEDED_6 =
      List.of("Hop limit exceeded in transit", "Fragment reassembly time exceeded");

  private IcmpTexts() {}

  /** Type, code and meaning of an error, in brackets. */
  static String describe(boolean six, int type, int code) {
    return "(ICMP type:" + type + ", code:" + code + ", " + meaning(six, type, code) + ")";
  }

  static String meaning(boolean six, int type, int code) {
    return six ? meaning6(type, code) : meaning4(type, code);
  }

  private static String meaning4(int type, int code) {
    return switch (type) {
      case 0 -> "Echo reply";
      case 8 -> "Echo";
      case 3 -> at(UNREACHABLE, code);
      case 11 -> at(EXCEEDED, code);
      default -> "";
    };
  }

  private static String meaning6(int type, int code) {
    return switch (type) {
      case 1 -> at(UNREACHABLE_6, code);
      case 2 -> "ICMPv6 packet too big";
      case 3 -> at(EXCEEDED_6, code);
      case 128 -> "ICMPv6 echo request";
      case 129 -> "ICMPv6 echo reply";
      case 133 -> "ICMPv6 router solicitation";
      case 134 -> "ICMPv6 router advertisement";
      case 135 -> "ICMPv6 neighbor solicitation";
      case 136 -> "ICMPv6 neighbor advertisement";
      default -> "";
    };
  }

  private static String at(List<String> texts, int code) {
    return code < texts.size() ? texts.get(code) : "";
  }
}
