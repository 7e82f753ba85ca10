package io.patchbay.emulators.virtualbox;

import io.patchbay.emulators.vm.AdapterPorts;
import io.patchbay.emulators.vm.NicTunnels;
import io.patchbay.emulators.vm.VmSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Options of {@code VBoxManage modifyvm} that make a machine one of a lab, and no longer one. */
final class MachineOptions {
  private final List<String> options = new ArrayList<>();

  private void add(String name, int adapter, String value) {
    options.add("--" + name + (adapter + 1));
    options.add(value);
  }

  /**
   * Before a start.
   *
   * @param pipe where its first serial port listens; empty if it is not wanted
   */
  static List<String> beforeStart(
      VmSettings settings,
      VmInfo info,
      AdapterPorts adapters,
      NicTunnels tunnels,
      Optional<Path> pipe) {
    MachineOptions result = new MachineOptions();
    for (int number = 0; number < settings.adapters(); number++) {
      if (settings.usesAnyAdapter() || !info.leadsElsewhere(number)) {
        result.tunnel(number, settings, tunnels.pairs().get(number), adapters.isUp(number));
      }
    }
    // The guest is to have as many as the node.
    info.adapters()
        .filter(number -> number >= settings.adapters())
        .forEach(number -> result.add("nic", number, "none"));
    result.serial(pipe);
    return List.copyOf(result.options);
  }

  private void tunnel(int number, VmSettings settings, NicTunnels.Ports ports, boolean up) {
    add("nictrace", number, "off");
    add("nictype", number, AdapterType.of(settings.adapterType(number)).option());
    settings
        .macAddress(number)
        .ifPresent(address -> add("macaddress", number, address.replace(":", "")));
    add("nic", number, "generic");
    add("nicgenericdrv", number, "UDPTunnel");
    for (String property : properties(ports)) {
      add("nicproperty", number, property);
    }
    add("cableconnected", number, up ? "on" : "off");
  }

  /** What the driver UDPTunnel has to know. */
  static List<String> properties(NicTunnels.Ports ports) {
    return List.of("sport=" + ports.guest(), "dest=" + NicTunnels.HOST, "dport=" + ports.own());
  }

  private void serial(Optional<Path> pipe) {
    options.add("--uart1");
    if (pipe.isEmpty()) {
      options.add("off");
      return;
    }
    // The first serial port of a PC.
    options.addAll(List.of("0x3F8", "4", "--uartmode1", "server", pipe.get().toString()));
  }

  /** After a stop: nothing is left that others would be given. */
  static List<String> afterStop(VmSettings settings, VmInfo info) {
    MachineOptions result = new MachineOptions();
    result.serial(Optional.empty());
    for (int number = 0; number < settings.adapters(); number++) {
      if (info.attachment(number).equals("generic")) {
        result.add("nictrace", number, "off");
        result.add("cableconnected", number, "off");
        result.add("nic", number, "null");
      }
    }
    return List.copyOf(result.options);
  }
}
