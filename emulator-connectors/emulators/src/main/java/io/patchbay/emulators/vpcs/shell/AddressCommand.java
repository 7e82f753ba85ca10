package io.patchbay.emulators.vpcs.shell;

import io.patchbay.netstack.host.Ipv4Settings;
import io.patchbay.netstack.packet.Ipv4Address;
import io.patchbay.netstack.packet.Ipv6Address;
import io.patchbay.netstack.packet.Macs;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code ip ADDRESS [mask] [gateway]} of both families. */
final class AddressCommand {
  private static final int DEFAULT_PREFIX = 24;
  private static final int DEFAULT_PREFIX_6 = 64;

  private AddressCommand() {}

  static void set4(Shell shell, List<String> words) throws InterruptedException {
    Ipv4Address address = Ipv4Address.parse(words.get(1)).orElse(Ipv4Address.NONE);
    Ipv4Address gateway = Ipv4Address.NONE;
    int prefix = DEFAULT_PREFIX;
    for (String word : words.subList(2, words.size())) {
      Optional<Ipv4Address> number = Ipv4Address.parse(word);
      if (word.length() < 3 && Words.isNumber(word)) {
        prefix = Words.number(word);
      } else if (word.startsWith("255.") && number.isPresent()) {
        prefix = number.flatMap(Ipv4Address::prefixOf).orElse(prefix);
      } else if (word.length() > 6 && word.length() < 16) {
        gateway = number.orElse(Ipv4Address.BROADCAST);
      } else {
        shell.screen().line("Invalid options");
        return;
      }
    }
    if (prefix < 1 || prefix > 30) {
      prefix = DEFAULT_PREFIX;
    }
    Ipv4Settings settings = new Ipv4Settings(address, prefix, gateway);
    Optional<String> fault = fault(settings);
    if (fault.isPresent()) {
      shell.screen().line(fault.get());
    } else {
      use(shell, settings);
    }
  }

  /** What is wrong with settings, if anything is. */
  private static Optional<String> fault(Ipv4Settings settings) {
    Ipv4Address address = settings.address();
    Ipv4Address gateway = settings.gateway();
    boolean loopback = (address.bits() >>> 24 & 0x7f) == 0x7f;
    if (address.isUnspecified()
        || loopback
        || address.isMulticast()
        || address.equals(gateway)
        || gateway.bits() == -1) {
      return Optional.of("Invalid address");
    }
    if (!isHost(address, settings.prefix())) {
      return Optional.of("Invalid host address");
    }
    if (settings.hasGateway() && !isHost(gateway, settings.prefix())) {
      return Optional.of("Invalid gateway address");
    }
    return !settings.hasGateway() || gateway.sharesPrefix(address, settings.prefix())
        ? Optional.empty()
        : Optional.of("not same subnet");
  }

  /** Whether this is neither the subnet itself nor all of its hosts. */
  private static boolean isHost(Ipv4Address address, int prefix) {
    return address.hostPart(prefix) != 0 && !address.isBroadcast(prefix);
  }

  private static void use(Shell shell, Ipv4Settings settings) throws InterruptedException {
    shell.screen().line("Checking for duplicate address...");
    OptionalLong other =
        Targets.await(shell, shell.host().whoHas(settings.address())).orElse(OptionalLong.empty());
    if (other.isPresent()) {
      shell
          .screen()
          .line(settings.address() + " is being used by MAC " + Macs.text(other.getAsLong()));
      shell.screen().line("Address not changed");
      return;
    }
    shell.host().ipv4(settings);
    shell.usesDhcp(false);
    Ipv4Address mask = new Ipv4Address(Ipv4Address.mask(settings.prefix()));
    shell
        .screen()
        .line(
            shell.name()
                + " : "
                + settings.address()
                + " "
                + mask
                + (settings.hasGateway() ? " gateway " + settings.gateway() : ""));
  }

  static void set6(Shell shell, List<String> words) {
    if (words.size() > 4) {
      shell.screen().line("Invalid.");
      return;
    }
    Optional<Ipv6Address> address =
        Ipv6Address.parse(words.get(1))
            .filter(given -> !given.isUnspecified() && !given.isMulticast());
    if (address.isEmpty()) {
      shell.screen().line("Invalid ipv6 address.");
      return;
    }
    boolean eui64 = words.subList(2, words.size()).stream().anyMatch(AddressCommand::isEui64);
    int prefix = words.size() > 2 ? Words.number(words.get(2)) : DEFAULT_PREFIX_6;
    if (prefix < 1 || prefix > 128) {
      prefix = DEFAULT_PREFIX_6;
    }
    shell.host().ipv6(address.get(), prefix, eui64);
    shell.usesAuto(false);
    shell
        .screen()
        .line("PC1 : " + shell.host().ipv6().address() + "/" + prefix + (eui64 ? " eui-64" : " "));
  }

  private static boolean isEui64(String word) {
    return word.equalsIgnoreCase("eui-64") || word.equalsIgnoreCase("eui64");
  }
}
