package io.patchbay.netstack.bpf;

import io.patchbay.netstack.packet.Ipv6Address;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds names of hosts and networks in expressions, which libpcap would look up by DNS while a node
 * waits. Names of ports and protocols may stay: they are in files of this machine. libpcap takes a
 * name for what the last qualifier says, over operators, brackets and other names: in {@code tcp
 * port http or (https or 8080)} all three are ports.
 */
final class HostNames {
  /** A word, or one that is escaped, which may have almost anything in it. */
  private static final Pattern WORD =
      Pattern.compile("\\\\[^ !()\\n\\t]*|[A-Za-z0-9:][A-Za-z0-9_:.-]*");

  /** Numbers and offsets, IPv4 addresses and parts of them, MAC addresses in all their forms. */
  private static final Pattern LITERAL =
      Pattern.compile(
          "\\d+(\\.\\d+){1,3}|:?((0x\\p{XDigit}+|\\d+)(:(0x\\p{XDigit}+|\\d+))?)?:?"
              + "|\\p{XDigit}{1,2}([-.:])\\p{XDigit}{1,2}(\\6\\p{XDigit}{1,2}){4}"
              + "|\\p{XDigit}{4}(\\.\\p{XDigit}{4}){2}");

  /** Constants of the protocols, such as icmp-echo and tcp-syn. */
  private static final Pattern CONSTANT = Pattern.compile("(icmp|icmp6|tcp)-[a-z]+");

  /** The words of pcap-filter(7) that mean something on Ethernet. */
  private static final Set<String> WORDS =
      Set.of(
          ("aarp action ah and arp atalk broadcast carp clnp csnp decnet dst ether es-is esis esp"
                  + " gateway geneve greater host icmp icmp6 icmp6code icmp6type icmpcode icmptype"
                  + " igmp igrp iih inbound ip ip6 ipx is-is isis iso l1 l2 lat len length less"
                  + " link llc lsp mask mopdl moprc mpls multicast net netbeui not or outbound pim"
                  + " port portrange pppoed pppoes proto protochain psnp rarp sca sctp snp src stp"
                  + " tcp tcpflags udp vlan vrrp vxlan")
              .split(" "));

  private static final Set<String> OPERATORS = Set.of("and", "or", "not");

  private HostNames() {}

  /** The names that this machine's files give numbers to. */
  interface Known {
    boolean isPort(String name);

    boolean isProtocol(String name);
  }

  /**
   * @throws IllegalArgumentException if there is one, with a sentence that names it
   */
  static void refuseIn(String expression, Known known) {
    Matcher words = WORD.matcher(expression);
    String qualifier = "";
    while (words.find()) {
      String word = words.group();
      if (WORDS.contains(word)) {
        qualifier = OPERATORS.contains(word) ? qualifier : word;
      } else if (!isConstant(word) && !isNamed(word, qualifier, known)) {
        throw new IllegalArgumentException(
            "'"
                + word
                + "' is no word of it, nor a port or protocol that this machine knows; hosts and"
                + " networks must be given by address");
      }
    }
  }

  private static boolean isConstant(String word) {
    return LITERAL.matcher(word).matches()
        || CONSTANT.matcher(word).matches()
        || Ipv6Address.parse(word).isPresent();
  }

  /** An escaped word is a name, whatever it means else: a keyword may be one of a protocol. */
  private static boolean isNamed(String word, String qualifier, Known known) {
    String name = word.startsWith("\\") ? word.substring(1) : word;
    return switch (qualifier) {
      case "port" -> known.isPort(name);
      case "portrange" -> isRange(name, known);
      case "proto", "protochain" -> WORDS.contains(name) || known.isProtocol(name);
      default -> false;
    };
  }

  /** Both ends are numbers or names; libpcap cuts at the first dash. */
  private static boolean isRange(String word, Known known) {
    int dash = word.indexOf('-');
    return dash < 0
        ? known.isPort(word)
        : isEnd(word.substring(0, dash), known) && isEnd(word.substring(dash + 1), known);
  }

  private static boolean isEnd(String word, Known known) {
    return isConstant(word) || known.isPort(word);
  }
}
