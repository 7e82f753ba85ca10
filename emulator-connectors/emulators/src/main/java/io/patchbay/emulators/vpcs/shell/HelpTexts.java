package io.patchbay.emulators.vpcs.shell;

import java.util.List;

/** What the commands say of themselves. Asterisks make bold, underscores underlined. */
final class HelpTexts {
  static final String BANNER =
      """

      Virtual PC of Patchbay, with the commands of VPCS, version 0.8.3
      """;

  static final String GREETING = "\nPress '?' to get help.\n";

  static final String HELP = "*?* or *help* lists the commands; *COMMAND ?* explains one.\n";

  static final String CLEAR =
      """
      *clear* *ip*|*ipv6*|*arp*|*neighbor*|*hist*
        Forgets the IPv4 or IPv6 settings, the table of ARP or of IPv6 neighbors,
        or the lines that were typed.
      """;

  static final String DHCP =
      """
      *ip dhcp* [*-d*] [*-r*] [*-x*]
        Gets address, mask, gateway and DNS from a DHCP server.
          *-d*   show every message of the exchange
          *-r*   ask for the same address again
          *-x*   give the address back
      """;

  static final String IP =
      """
      *ip* _ADDRESS_[/_MASK_] [_GATEWAY_]   or   *ip* _ADDRESS_ [_GATEWAY_] [_MASK_]
        Sets the address, if nobody else uses it. The mask is a number of bits or
        dotted (24 bits if it is left out, 64 for IPv6).
      *ip* _IPV6ADDRESS_[/_MASK_] [*eui-64*]
      *ip auto*              IPv6 address and router from router advertisements
      *ip dhcp* [_OPTION_]     IPv4 settings by DHCP; see *ip dhcp ?*
      *ip dns* _IP_ [_IP_]       servers for names; 0 takes one away
      *ip dns6* _IP_ [_IP_]      the same with IPv6 addresses
      *ip domain* _NAME_       appended to names without a dot
      """;

  static final String LOAD =
      """
      *load* [_FILE_]
        Runs the commands in a file of this PC, by default startup.vpc; the ending
        .vpc may be left out. With *set echo on* each is shown, unless it begins with @.
        Ctrl-C stops it.
      """;

  static final String PING =
      """
      *ping* _HOST_ [_OPTION_ ...]
        Asks a host for an echo. _HOST_ is an address of either family, or a name.
          *-1* *-2* *-3*       by ICMP, UDP or TCP
          *-P* _PROTOCOL_   the same by number: 1 ICMP, 17 UDP, 6 TCP
          *-c* _COUNT_      how many times (5)
          *-t*            until Ctrl-C
          *-i* _MS_         pause between two packets (1000)
          *-w* _MS_         how long to wait for each answer (1000)
          *-l* _SIZE_       octets of data (56)
          *-T* _TTL_        time to live (64)
          *-D*            must not be fragmented on the way
          *-s* _PORT_ *-p* _PORT_   source and destination port of UDP and TCP
          *-f* _FLAGS_      a TCP segment with these of C E U A P R S F
      """;

  static final String TRACE =
      """
      *trace* _HOST_ [*-P* _PROTOCOL_] [*-m* _TTL_]
        Shows the routers on the way to a host: by UDP (17, which is the default),
        ICMP (1) or TCP (6), at most so many (8). Ctrl-C stops it.
      """;

  static final String RELAY =
      """
      *relay*
        VPCS's patch panel between UDP ports. There is none here: make links in the project.
      """;

  static final String RLOGIN =
      """
      *rlogin* [_IP_] _PORT_
        Would open a connection from the compute itself, and is refused.
      """;

  static final String SAVE =
      """
      *save* [_FILE_]
        Writes the settings to a file of this PC as commands, by default to
        startup.vpc, which is run at each start.
      """;

  static final String SET =
      """
      *set dump* _FLAG_ ...   show frames: *mac*, *raw*, *detail*; *all* also those of others;
                          *file* writes vpcs1_TIME.pcap; *off* ends it
      *set echo* *on*|*off* [*color* *clear*|_COLOR_ [_BACKGROUND_]]
                          show the commands of scripts; color of echoed text
      *set mtu* _OCTETS_      longest packet, 576 to 9000
      *set pcname* _NAME_     name of this PC
      *set lport*|*rport* _PORT_, *set rhost* _IP_
                          kept for scripts of VPCS, without effect
      """;

  static final String SHOW =
      """
      *show*               what matters, in a table
      *show arp*           MAC addresses that are known
      *show dump*          which frames are shown
      *show echo*          how scripts are shown
      *show history*       lines that were typed
      *show ip* [*all*]      IPv4 settings
      *show ipv6* [*all*]    IPv6 settings
      *show mtu6*          paths with smaller packets
      *show version*       what this is
      """;

  static final String SLEEP =
      """
      *sleep* [_SECONDS_] [_TEXT_]
        Shows the text and waits, for a key if there are no seconds.
      """;

  private static final String OVERVIEW =
      """
      *?*                        this list
      *arp*                      short for *show arp*
      *clear* _WHAT_               forget addresses, tables or the history
      *dhcp* [_OPTION_]            short for *ip dhcp*
      *disconnect*               hang up
      *echo* _TEXT_                show a text
      *help*                     this list
      *history*                  lines that were typed
      *ip* _ARG_ ...               set addresses, gateway and DNS
      *load* [_FILE_]              run the commands in a file
      *neighbor*                 IPv6 neighbors
      *ping* _HOST_ [_OPTION_ ...]   ask for an echo by ICMP, UDP or TCP
      *quit*                     switch this PC off
      *save* [_FILE_]              keep the settings for the next start
      *set* _ARG_ ...              name, MTU and other settings
      *show* [_ARG_]               show settings
      *sleep* [_SECONDS_] [_TEXT_]   wait
      *trace* _HOST_ [_OPTION_ ...]  show the way to a host
      *version*                  what this is

      Beginnings of commands will do. *COMMAND ?* explains one.
      """;

  private HelpTexts() {}

  static void overview(Shell shell, List<String> words) {
    print(shell, OVERVIEW);
  }

  /** The text that fits these words: that of DHCP is a part of another command's. */
  static String about(String text, List<String> words) {
    boolean dhcp = words.size() > 2 && Words.abbreviates(words.get(1), "dhcp");
    return text.equals(IP) && dhcp ? DHCP : text;
  }

  static void print(Shell shell, String text) {
    shell
        .screen()
        .print(
            "\n"
                + text.replaceAll("\\*([^*\n]+)\\*", "\033[1m$1\033[0m")
                    .replaceAll("_([A-Z0-9]+)_", "\033[4m$1\033[0m"));
  }
}
