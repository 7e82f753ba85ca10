package io.patchbay.emulators.ethernet;

import io.patchbay.netstack.device.EthernetSwitch;
import io.patchbay.netstack.device.MacEntry;
import io.patchbay.runtime.console.CommandConsole;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The command line of a switch. Words may be shortened as long as one command is meant. */
final class SwitchCommands implements CommandConsole.Commands {
  private static final String HELP =
      """
      show mac     the addresses that are known, and the ports behind which they are
      show ports   the ports, their modes and VLANs, and what is plugged in
      clear mac    forgets all addresses
      exit         leaves
      """;

  private static final Supplier<String> LEAVE = () -> "";

  private final EthernetSwitch device;
  private final Supplier<String> name;
  private final Supplier<JsonArray> ports;
  private final SequencedMap<String, Supplier<String>> commands = new LinkedHashMap<>();

  /**
   * @param ports as ports_mapping has them
   */
  SwitchCommands(EthernetSwitch device, Supplier<String> name, Supplier<JsonArray> ports) {
    this.device = device;
    this.name = name;
    this.ports = ports;
    commands.put("show mac", this::macTable);
    commands.put("show ports", this::portTable);
    commands.put("clear mac", this::clear);
    commands.put("mac", this::macTable);
    commands.put("help", () -> HELP);
    commands.put("?", () -> HELP);
    commands.put("exit", LEAVE);
    commands.put("quit", LEAVE);
  }

  @Override
  public String prompt() {
    return name.get() + "> ";
  }

  @Override
  public Optional<String> run(String line) {
    String[] words = line.split("\\s+");
    List<String> meant =
        commands.keySet().stream().filter(command -> means(command.split(" "), words)).toList();
    if (meant.size() == 1) {
      Supplier<String> command = commands.get(meant.getFirst());
      return command == LEAVE ? Optional.empty() : Optional.of(command.get());
    }
    return Optional.of(
        meant.isEmpty()
            ? "There is no command '" + line + "'; 'help' lists them.\n"
            : "'" + line + "' may mean " + String.join(", ", meant) + ".\n");
  }

  private static boolean means(String[] command, String[] words) {
    if (command.length != words.length) {
      return false;
    }
    for (int i = 0; i < words.length; i++) {
      if (!command[i].startsWith(words[i])) {
        return false;
      }
    }
    return true;
  }

  private String macTable() {
    Map<Integer, String> names =
        ports.get().getValuesAs(JsonObject.class).stream()
            .collect(
                Collectors.toMap(
                    port -> port.getInt("port_number"),
                    port -> port.getString("name"),
                    (first, same) -> first));
    StringBuilder table = new StringBuilder("VLAN  Address            Port\n");
    for (MacEntry entry : device.macTable()) {
      table.append(
          "%-4d  %s  %s\n"
              .formatted(
                  entry.vlan(),
                  address(entry.mac()),
                  names.getOrDefault(entry.port(), Integer.toString(entry.port()))));
    }
    return table.toString();
  }

  private static String address(long mac) {
    return "%012x".formatted(mac).replaceAll("(..)(?=.)", "$1:");
  }

  private String portTable() {
    Set<Integer> wired = device.wiredPorts();
    StringBuilder table = new StringBuilder("Port          Mode    VLAN  Link\n");
    for (JsonObject port : ports.get().getValuesAs(JsonObject.class)) {
      table.append(
          "%-12s  %-6s  %-4d  %s\n"
              .formatted(
                  port.getString("name"),
                  port.getString("type"),
                  port.getInt("vlan", 1),
                  wired.contains(port.getInt("port_number")) ? "up" : "-"));
    }
    return table.toString();
  }

  private String clear() {
    device.forgetAddresses();
    return "";
  }
}
