package io.patchbay.emulators.ethernet;

import io.patchbay.emulators.device.DeviceNode;
import io.patchbay.netstack.device.EthernetSwitch;
import io.patchbay.netstack.device.SwitchPort;
import io.patchbay.netstack.device.SwitchPort.Mode;
import io.patchbay.netstack.link.LinkEnd;
import io.patchbay.runtime.ConsolePort;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.console.CommandConsole;
import io.patchbay.runtime.console.TelnetServer;
import io.patchbay.spi.ConsoleSource;
import io.patchbay.spi.ConsoleViewer;
import io.patchbay.spi.DataLinkType;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeKinds;
import io.patchbay.spi.NodeSite;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** An Ethernet switch inside the compute. A link is accepted at any port number that is free. */
final class EthernetSwitchNode extends DeviceNode implements ConsoleSource {
  private static final JsonObject ACCESS_VLAN_1 =
      Json.createObjectBuilder().add("type", "access").add("vlan", 1).build();
  private static final JsonArray DEFAULT_PORTS = EthernetPorts.defaults(ACCESS_VLAN_1);

  private final EthernetSwitch device = new EthernetSwitch();
  private final ConsolePort console;
  private final CommandConsole commands;
  private volatile Optional<TelnetServer> server = Optional.empty();
  private volatile JsonArray ports;

  EthernetSwitchNode(ResourceAdapter adapter, NodeSite site, JsonObject settings) {
    super(adapter, NodeKinds.ETHERNET_SWITCH, site, Set.of(DataLinkType.EN10MB));
    console =
        new ConsolePort(
            adapter.consolePorts(),
            settings.getString("console_type", "none"),
            settings.get("console") instanceof JsonNumber port
                ? OptionalInt.of(port.intValue())
                : OptionalInt.empty(),
            true);
    ports = EthernetPorts.given(settings, DEFAULT_PORTS);
    device.configure(switchPorts(ports));
    commands =
        new CommandConsole(
            "Ethernet switch; 'help' lists the commands",
            new SwitchCommands(device, this::name, () -> ports));
    try {
      listen();
    } catch (LabException taken) {
      console.release();
      throw taken;
    }
  }

  /** The console answers on its port as long as its type is telnet. */
  private void listen() {
    server =
        console.listening().isEmpty()
            ? Optional.empty()
            : Optional.of(
                TelnetServer.listen(
                    new InetSocketAddress(
                        adapter.config().consoleAddress(), console.listening().getAsInt()),
                    commands::join));
  }

  private static Map<Integer, SwitchPort> switchPorts(JsonArray ports) {
    Map<Integer, SwitchPort> settings = new HashMap<>();
    for (JsonObject port : ports.getValuesAs(JsonObject.class)) {
      String ethertype = port.getString("ethertype", "");
      settings.put(
          port.getInt("port_number"),
          new SwitchPort(
              Mode.valueOf(port.getString("type").toUpperCase(Locale.ROOT)),
              port.getInt("vlan", 1),
              ethertype.isEmpty() ? SwitchPort.DOT1Q_TAG : Integer.decode(ethertype)));
    }
    return settings;
  }

  @Override
  protected void wire(int port, LinkEnd end) {
    device.attach(port, end);
  }

  @Override
  protected void unwire(int port) {
    device.detach(port);
  }

  @Override
  protected void requirePort(int port) {}

  /** While links are plugged in, VLANs and modes may change but not how many ports there are. */
  @Override
  protected void doUpdate(JsonObject settings) {
    if (settings.get("ports_mapping") instanceof JsonArray wanted) {
      if (isConnected() && wanted.size() != ports.size()) {
        throw LabException.conflict("The number of ports can be changed only while none is linked");
      }
      ports = EthernetPorts.renumbered(wanted);
      device.configure(switchPorts(ports));
    }
    if (settings.get("name") instanceof JsonString name) {
      rename(name.getString());
    }
    OptionalInt listening = console.listening();
    console.update(settings);
    if (!console.listening().equals(listening)) {
      hangUp();
      listen();
    }
  }

  private void hangUp() {
    server.ifPresent(TelnetServer::close);
    server = Optional.empty();
    commands.close();
  }

  @Override
  protected void doClose() {
    super.doClose();
    hangUp();
    console.release();
  }

  @Override
  public ConsoleSession join(ConsoleViewer viewer) {
    requireConsole();
    return commands.join(viewer::show, viewer::closed);
  }

  @Override
  public void requireConsole() {
    if (server.isEmpty()) {
      throw LabException.conflict("The console of " + name() + " is off");
    }
  }

  @Override
  public void resetConsole() {
    exclusively(commands::close);
  }

  @Override
  protected void describe(JsonObjectBuilder node) {
    console.describe(node);
    node.add("ports_mapping", ports);
  }
}
