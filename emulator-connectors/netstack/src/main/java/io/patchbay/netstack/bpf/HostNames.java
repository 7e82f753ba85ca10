package io.patchbay.netstack.bpf;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds names of hosts and networks in expressions, which libpcap would look up by DNS while a node
 * waits. Names of ports may stay: they are in a file of this machine.
 */
final class HostNames {
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9:][A-Za-z0-9_:.-]*");

  /** Numbers, IPv4 and IPv6 addresses and parts of them, MAC addresses in all their forms. */
  private static final Pattern LITERAL =
      Pattern.compile(
          "0x\\p{XDigit}+|\\d+(\\.\\d+){0,3}|[\\p{XDigit}:.]*:[\\p{XDigit}:.]*"
              + "|\\p{XDigit}{1,2}([-.]\\p{XDigit}{1,2}){5}|\\p{XDigit}{4}(\\.\\p{XDigit}{4}){2}");

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

  private HostNames() {}

  /**
   * @throws IllegalArgumentException if there is one, with a sentence that names it
   */
  static void refuseIn(String expression) {
    Matcher words = WORD.matcher(expression);
    boolean afterPort = false;
    while (words.find()) {
      String word = words.group().toLowerCase(Locale.ROOT);
      if (!afterPort && !isKnown(word)) {
        throw new IllegalArgumentException(
            "'"
                + words.group()
                + "' is no word of it; hosts and networks must be given by address");
      }
      afterPort = word.equals("port") || word.equals("portrange");
    }
  }

  private static boolean isKnown(String word) {
    return WORDS.contains(word)
        || LITERAL.matcher(word).matches()
        || CONSTANT.matcher(word).matches();
  }
}
